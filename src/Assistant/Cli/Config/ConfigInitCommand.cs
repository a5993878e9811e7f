using System.CommandLine;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Cli.Config;

/// <summary>Writes a configuration file that explains every setting and changes none.</summary>
internal sealed class ConfigInitCommand() : PaiCommand("init", "Write a config.yaml with every setting explained and commented out at its default.", "pai config init")
{
    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var file = pai.Data.Configuration;
        if (File.Exists(file))
        {
            throw new UsageException($"'{file}' exists already: rename it first, or change one value with 'pai config set'.");
        }

        DataFolder.Create(pai.Data.Path);
        await AtomicFile.WriteAsync(file, ConfigurationFile.Template(PaiConfiguration.DefaultsFor(pai.Environment)), cancellationToken);
        await pai.Console.Output.WriteLineAsync(file);
        return ExitCode.Done;
    }
}
