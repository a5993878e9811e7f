using System.CommandLine;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Cli.Config;

/// <summary>Changes one setting in the configuration file, and leaves the other lines as they are.</summary>
internal sealed class ConfigSetCommand : PaiCommand
{
    private readonly Argument<string> _key = new("KEY") { Description = "Name of a setting, as 'pai config' lists it" };
    private readonly Argument<string> _value = new("VALUE") { Description = "What it is set to; 'pai config --json' says what each setting takes" };

    public ConfigSetCommand() : base("set", "Set one value in config.yaml; comments and other lines stay as they are.",
        "pai config set persona concise",
        "pai config set sampling.seed 42               # answers that can be repeated")
    {
        Add(_key);
        Add(_value);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        await SetAsync(pai, Settings.Find(arguments.GetRequiredValue(_key)), arguments.GetRequiredValue(_value), cancellationToken);
        return ExitCode.Done;
    }

    /// <summary>Sets one value in the configuration file, and says what it is now, and whether something else wins over it.</summary>
    public static async Task SetAsync(Composition pai, Setting setting, string text, CancellationToken cancellationToken = default)
    {
        var file = pai.Data.Configuration;
        var defaults = PaiConfiguration.DefaultsFor(pai.Environment);
        var assignment = new Assignment(setting, text, new Origin(Layer.CommandLine, setting.Name));
        var value = setting.TextIn(assignment.ApplyTo(defaults));

        var before = File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken) : ConfigurationFile.Template(defaults);
        DataFolder.Create(pai.Data.Path);
        await AtomicFile.WriteAsync(file, ConfigurationEdit.Set(before, file, setting, value), cancellationToken);

        await pai.Console.Output.WriteLineAsync($"{setting.Name} = {value} ({file})");
        if (pai.Configuration.OriginOf(setting) is { Layer: > Layer.File } stronger)
        {
            await pai.Console.Error.WriteLineAsync($"pai: The {stronger} is set too, and wins over the file.");
        }
    }
}
