using System.CommandLine.Parsing;

namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Runs what <c>pai memory</c> can do, on the chat's own memory.</summary>
/// <param name="run">Runs a command line of pai.</param>
internal sealed class MemoryCommand(Func<IReadOnlyList<string>, CancellationToken, Task> run)
    : SlashCommand("memory", "[WORDS]", "List what is remembered; add, search, edit, undo, forget ...: what follows 'pai memory', or --help")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        try
        {
            await run(["memory", .. CommandLineParser.SplitCommandLine(argument)], cancellationToken);
        }
        catch (DeniedException denied)
        {
            face.Say(denied.Message);
        }
    }
}
