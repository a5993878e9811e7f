using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Escalation;
using PersonalAi.Assistant.Personas;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Recall;
using PersonalAi.Tools.Mcp;

namespace PersonalAi.Assistant.Terminal.Slash;

/// <summary>Everything that can be typed into a chat besides messages: one line for each.</summary>
internal sealed class SlashCommands
{
    private readonly SlashCommand[] _all;
    private readonly ServerPrompts _prompts;

    /// <param name="personas">What <c>/persona</c> offers.</param>
    /// <param name="models">What <c>/model</c> offers.</param>
    /// <param name="export">Writes what <c>/save</c> saves.</param>
    /// <param name="recalls">What <c>/why</c> explains.</param>
    /// <param name="servers">Whose prompts can be typed too.</param>
    /// <param name="time">Tells where the user's clocks run.</param>
    /// <param name="escalator">Has models elsewhere answer, for <c>/escalate</c>.</param>
    /// <param name="ask">Asks the person at the terminal.</param>
    /// <param name="run">Runs a command line of pai within the chat.</param>
    public SlashCommands(
        PersonaCatalog personas,
        ModelStore models,
        SessionExport export,
        RecallLog recalls,
        McpServers servers,
        TimeProvider time,
        Func<CancellationToken, Task<Escalator>> escalator,
        Func<string, CancellationToken, Task<string>> ask,
        Func<IReadOnlyList<string>, CancellationToken, Task> run)
    {
        _prompts = new ServerPrompts(servers);
        _all =
        [
            new HelpCommand(this),
            new NewCommand(),
            new PersonaCommand(personas),
            new ModelCommand(models),
            new SystemCommand(),
            new TokensCommand(),
            new WhyCommand(recalls, time),
            new EscalateCommand(escalator),
            new CompareCommand(escalator, ask),
            new RouteCommand(),
            new RateCommand("good", isGood: true),
            new RateCommand("bad", isGood: false),
            new MemoryCommand(run),
            new RetryCommand(),
            new UndoCommand(),
            new CleanCommand(),
            new McpCommand(servers),
            new SaveCommand(export),
            new QuitCommand(),
        ];
    }

    public IReadOnlyList<SlashCommand> All => _all;

    /// <summary>Runs what was typed.</summary>
    /// <param name="face">The chat it was typed into.</param>
    /// <param name="text">The whole line, from the slash on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="UsageException">There is no such command.</exception>
    public Task RunAsync(ChatFace face, string text, CancellationToken cancellationToken = default)
    {
        var (name, argument) = text.Split((char[]?)null, 2, StringSplitOptions.TrimEntries) is [var first, var rest] ? (first, rest) : (text, "");
        if (_prompts.Knows(name[1..]))
        {
            return _prompts.RunAsync(face, name[1..], argument, cancellationToken);
        }

        var command = _all.FirstOrDefault(command => string.Equals("/" + command.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"'{name}' is not a command; {DidYouMean.Ending(name, [.. _all.Select(command => "/" + command.Name)])}");
        return command.RunAsync(face, argument, cancellationToken);
    }
}
