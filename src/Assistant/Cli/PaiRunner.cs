using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;

namespace PersonalAi.Assistant.Cli;

/// <summary>Runs one command line from its arguments to its exit code: the outermost loop of the command-line front end.</summary>
internal static class PaiRunner
{
    // '@file' is text that people write, not a response file to be expanded.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, ProcessContext process)
    {
        // Also what the command line's library reads: '--timeout 0.5' must not be 5 where the point separates thousands.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var parsed = new PaiRootCommand().Parse(arguments, Parsing);
        await using var pai = new Composition(parsed, process);
        try
        {
            RefuseProblem(parsed);
            return (ExitCode)await parsed.InvokeAsync(new PaiInvocation(pai), process.Interrupts.Stopping);
        }
#pragma warning disable CA1031 // The outermost loop: whatever failed becomes one sentence and an exit code.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return ErrorReport.Write(error, pai);
        }
    }

    /// <summary>Runs a command line within another run, on the same services; nobody can be asked anything meanwhile.</summary>
    /// <exception cref="UsageException">The command line is wrong.</exception>
    public static async Task<ExitCode> RunWithinAsync(Composition pai, IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        var parsed = new PaiRootCommand().Parse(arguments, Parsing);
        RefuseProblem(parsed);
        return (ExitCode)await parsed.InvokeAsync(new PaiInvocation(pai) { MayAsk = false }, cancellationToken);
    }

    private static void RefuseProblem(ParseResult parsed)
    {
        if (parsed.Action is ParseErrorAction)
        {
            throw UsageProblem.In(parsed);
        }

        if (parsed.Action is not SynchronousCommandLineAction && UsageProblem.MistakenOption(parsed) is { } problem)
        {
            throw problem;
        }
    }
}
