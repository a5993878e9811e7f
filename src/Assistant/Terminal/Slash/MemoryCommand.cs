using System.Text.RegularExpressions;

namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Runs what <c>pai memory</c> can do, on the chat's own memory.</summary>
/// <param name="run">Runs a command line of pai.</param>
internal sealed partial class MemoryCommand(Func<IReadOnlyList<string>, CancellationToken, Task> run)
    : SlashCommand("memory", "[WORDS]", "List what is remembered; add, search, edit, undo, forget ...: what follows 'pai memory', or --help")
{
    public override async Task RunAsync(ChatFace face, string argument, CancellationToken cancellationToken = default)
    {
        try
        {
            await run(["memory", .. Word().Matches(argument).Select(word => word.Groups["quoted"] is { Success: true } quoted ? quoted.Value : word.Value)], cancellationToken);
        }
        catch (DeniedException denied)
        {
            face.Say(denied.Message);
        }
    }

    // Quotes keep the value of an option together; everywhere else they are what somebody wrote.
    [GeneratedRegex("""(?<=--\S+\s+)"(?<quoted>[^"]*)"|\S+""", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
