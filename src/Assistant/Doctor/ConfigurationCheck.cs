using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Whether every setting can be used.</summary>
internal sealed class ConfigurationCheck(DataFolder data, Func<PaiConfiguration> configuration) : HealthCheck("configuration", HealthArea.Configuration)
{
    protected override Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var changed = Settings.All.Where(setting => configuration().OriginOf(setting).Layer != Layer.Default).Select(setting => setting.Name).ToList();
        var file = File.Exists(data.Configuration) ? $"'{data.Configuration}' is read" : $"there is no '{data.Configuration}', which is fine";
        var set = changed.Count == 0 ? "every setting has its default" : $"set by you: {string.Join(", ", changed)}";
        return Task.FromResult(Finding.Ok($"{file}; {set}."));
    }

    protected override Finding Translate(Exception error) => Finding.Failure(error.Message);
}
