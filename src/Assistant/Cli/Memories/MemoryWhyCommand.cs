using System.CommandLine;
using PersonalAi.Assistant.Memories;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Recall;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Says which memories stand behind an answer.</summary>
internal sealed class MemoryWhyCommand : PaiCommand
{
    private readonly Argument<string?> _turn = new("TURN") { Description = "The turn's id, or its beginning; the last one where it is left out", Arity = ArgumentArity.ZeroOrOne };

    private readonly JsonOption _json = new();

    public MemoryWhyCommand() : base("why", "Show which memories stand behind an answer, how each was found, and what was left out.",
        "pai memory why                  # the last answer",
        "pai memory why 0199f3a2 --json")
    {
        Add(_turn);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var turn = await FindAsync(pai, arguments.GetValue(_turn), cancellationToken);
        var memories = await (await pai.RecallsAsync(cancellationToken)).ReadAsync(turn.Id, cancellationToken);
        Write(pai, turn, memories, arguments.GetValue(_json));
        return ExitCode.Done;
    }

    private static void Write(Composition pai, Turn turn, PackedMemories memories, bool asJson)
    {
        if (asJson)
        {
            pai.Console.Output.WriteJson(new
            {
                turn = turn.Id.ToString(),
                session = turn.Session.ToString(),
                model = turn.Model,
                snapshot = turn.Outcome.Snapshot,
                memories = memories.Memories.Select((memory, rank) => Json(rank, memory)),
            });
            return;
        }

        foreach (var line in WhyText.Of(turn, memories, pai.Time))
        {
            pai.Console.Output.WriteLine(TerminalText.Sanitize(line));
        }
    }

    private static async Task<Turn> FindAsync(Composition pai, string? idStart, CancellationToken cancellationToken)
    {
        var turns = await pai.TurnsAsync(cancellationToken);
        if (idStart is not null)
        {
            return await turns.FindTurnAsync(idStart, cancellationToken);
        }

        var session = await (await pai.SessionsAsync(cancellationToken)).LatestAsync(cancellationToken);
        return session?.Head is { } head ? await turns.GetTurnAsync(head, cancellationToken) : throw new UsageException("There is no answer to explain yet.");
    }

    private static object Json(int rank, PackedMemory memory) => new
    {
        name = MemoryNotes.NameOf(rank),
        id = MemoryNotes.SourceOf(memory.Hit.Passage),
        part = memory.Hit.Passage.Part.ToJsonName(),
        text = memory.Hit.Passage.Text,
        said_at = memory.Hit.Passage.SaidAt,
        thread = memory.Hit.Passage.Thread.ToString(),
        given = memory.IsGiven,
        tokens = memory.Tokens,
        score = Math.Round(memory.Hit.Score, 4),
        arms = memory.Hit.Arms,
    };
}
