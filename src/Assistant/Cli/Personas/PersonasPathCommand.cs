using System.CommandLine;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Cli.Personas;

/// <summary>Prints the folder of the user's own personas, and makes it where it is absent.</summary>
internal sealed class PersonasPathCommand() : PaiCommand("path", "Print the folder for your own personas; it is made where it is absent.", "ls \"$(pai personas path)\"")
{
    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        DataFolder.Create(pai.Data.Personas);
        await pai.Console.Output.WriteLineAsync(pai.Data.Personas);
        return ExitCode.Done;
    }
}
