using System.Collections.Immutable;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>A session with everything said in it.</summary>
/// <param name="Session">The session.</param>
/// <param name="Path">The turns of the current path, oldest first.</param>
/// <param name="Branches">How many paths there are: each retry begins another.</param>
/// <param name="Usage">The tokens that all turns of all branches cost.</param>
/// <param name="Summary">What stands for the older turns of the path in the model's window, if they no longer fit.</param>
internal sealed record SessionRecord(Session Session, ImmutableArray<Turn> Path, int Branches, TurnUsage Usage, Summary? Summary)
{
    public static async Task<SessionRecord> ReadAsync(ConversationLog log, Session session, CancellationToken cancellationToken = default)
    {
        var turns = new Dictionary<TurnId, Turn>();
        await foreach (var turn in log.TurnsAsync(session.Id, cancellationToken))
        {
            turns.Add(turn.Id, turn);
        }

        var continued = turns.Values.Select(turn => turn.Parent).ToHashSet();
        return new SessionRecord(
            session,
            [.. PathTo(session.Head, turns).Reverse()],
            turns.Keys.Count(id => !continued.Contains(id)),
            Total(turns.Values),
            await log.LatestSummaryAsync(session.Id, cancellationToken));
    }

    private static IEnumerable<Turn> PathTo(TurnId? head, Dictionary<TurnId, Turn> turns)
    {
        for (var id = head; id is { } next; id = turns[next].Parent)
        {
            yield return turns[next];
        }
    }

    private static TurnUsage Total(IEnumerable<Turn> turns) => turns.Select(turn => turn.Outcome.Usage).OfType<TurnUsage>().Aggregate(
        new TurnUsage(0, 0, 0),
        (sum, usage) => new TurnUsage(
            sum.PromptTokens + usage.PromptTokens, sum.CachedTokens + usage.CachedTokens, sum.CompletionTokens + usage.CompletionTokens));
}
