using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Config;

/// <summary>Prints where the configuration file is, or would be.</summary>
internal sealed class ConfigPathCommand() : PaiCommand("path", "Print the path of config.yaml, whether it exists or not.", "\"$EDITOR\" \"$(pai config path)\"")
{
    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        await pai.Console.Output.WriteLineAsync(pai.Data.Configuration);
        return ExitCode.Done;
    }
}
