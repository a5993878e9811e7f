using System.CommandLine;
using System.CommandLine.Invocation;

namespace PersonalAi.Assistant.Cli;

/// <summary>Prints the name and the version of the program.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public static string Version { get; } = typeof(VersionAction).Assembly.GetName().Version!.ToString(fieldCount: 3);

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"pai {Version}");
        return (int)ExitCode.Done;
    }
}
