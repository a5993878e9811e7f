using System.CommandLine;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Cli.Config;

/// <summary>Prints the effective value of one setting.</summary>
internal sealed class ConfigGetCommand : PaiCommand
{
    private readonly Argument<string> _key = new("KEY") { Description = "Name of a setting, as 'pai config' lists it" };
    private readonly JsonOption _json = new();

    public ConfigGetCommand() : base("get", "Print the value of one setting that is in force.", "pai config get model.name")
    {
        Add(_key);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var setting = Settings.Find(arguments.GetRequiredValue(_key));
        var configuration = pai.StartConfiguration;
        if (arguments.GetValue(_json))
        {
            var origin = configuration.OriginOf(setting);
            pai.Console.Output.WriteJson(new { Id = setting.Name, Value = setting.ValueIn(configuration.Options), Source = origin.Layer.ToJsonName(), origin.Place });
        }
        else
        {
            await pai.Console.Output.WriteLineAsync(setting.TextIn(configuration.Options));
        }

        return ExitCode.Done;
    }
}
