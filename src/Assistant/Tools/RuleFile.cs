using PersonalAi.Assistant.Configuration;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Tools;

/// <summary>The rules in the user's configuration file; every other line of it stays as it is.</summary>
/// <param name="data">Where the file lies.</param>
/// <param name="defaults">What a new file explains.</param>
internal sealed class RuleFile(DataFolder data, PaiOptions defaults)
{
    private static readonly Setting Rules = Settings.Find("tools.rules");

    /// <summary>The rules that the file has.</summary>
    public IReadOnlyList<string> Read() =>
        ConfigurationFile.Read(data.Configuration).LastOrDefault(assignment => assignment.Setting == Rules) is { } assignment
            ? assignment.ApplyTo(defaults).Tools.Rules
            : [];

    /// <summary>Writes a rule at the end; false where it is there already.</summary>
    /// <exception cref="UsageException">The file cannot be used, or not be changed without touching other lines.</exception>
    public async Task<bool> AddAsync(ToolRule rule, CancellationToken cancellationToken = default)
    {
        var rules = Read();
        if (rules.Contains(rule.ToString()))
        {
            return false;
        }

        await WriteAsync([.. rules, rule.ToString()], cancellationToken);
        return true;
    }

    /// <summary>Takes a rule out; false where it is not there.</summary>
    /// <exception cref="UsageException">The file cannot be used, or not be changed without touching other lines.</exception>
    public async Task<bool> RemoveAsync(ToolRule rule, CancellationToken cancellationToken = default)
    {
        var rules = Read();
        if (!rules.Contains(rule.ToString()))
        {
            return false;
        }

        await WriteAsync([.. rules.Where(other => other != rule.ToString())], cancellationToken);
        return true;
    }

    private async Task WriteAsync(IReadOnlyList<string> rules, CancellationToken cancellationToken)
    {
        var file = data.Configuration;
        var before = File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken) : ConfigurationFile.Template(defaults);
        DataFolder.Create(data.Path);
        await AtomicFile.WriteAsync(file, ConfigurationEdit.Set(before, file, Rules, ListText.Write(rules)), cancellationToken);
    }
}
