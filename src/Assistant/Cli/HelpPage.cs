using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PersonalAi.Assistant.Cli;

/// <summary>The help of a command: purpose, usage, arguments and options, then examples to copy.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private const int Width = 110;

    private static readonly ImmutableArray<string> RootExamples =
    [
        "pai                            # opens the chat",
        "pai --continue                 # goes on where the last session was",
        "pai chat --help                # model, sampling and everything else that a chat can be given",
        "pai ask \"Explain tail recursion.\" --json",
        "pai docs add ~/notes           # answers can cite what is in that folder",
        "pai config                     # what is set, and where each value comes from",
        "pai personas show coder        # what a persona tells the model",
        "pai doctor                     # whether everything that it needs is in place",
        "pai config set --help          # every command has a page like this one",
    ];

    private static readonly ImmutableArray<string> ExitCodeLines =
    [
        "0 done · 2 usage · 3 denied, or approval impossible · 4 model or engine failure · 5 time, token or money budget spent ·",
        "6 prompt does not fit · 7 storage failure · 8 network or remote failure · 130 cancelled",
    ];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        // What no list shows explains itself to those who ask.
        var command = parseResult.CommandResult.Command;
        command.Hidden = false;

        // A fixed width: the same page on every terminal and in every pipe.
        new HelpAction { MaxWidth = Width }.Invoke(parseResult);

        var output = parseResult.InvocationConfiguration.Output;
        WriteSection(output, "Examples", command is PaiCommand { Examples: var examples } ? examples : RootExamples);
        if (command is PaiRootCommand)
        {
            WriteSection(output, "Exit codes", ExitCodeLines);
        }

        return (int)ExitCode.Done;
    }

    private static void WriteSection(TextWriter output, string title, ImmutableArray<string> lines)
    {
        output.WriteLine($"{title}:");
        foreach (var line in lines)
        {
            output.WriteLine($"  {line}");
        }

        output.WriteLine();
    }
}
