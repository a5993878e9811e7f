using PersonalAi.Memory.Conversations;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Chat;

/// <summary>What of a session can stand in the prompt: the newest summary, and the turns after it.</summary>
/// <param name="Summary">Stands for everything before <paramref name="Turns"/>; null where nothing was left out.</param>
/// <param name="Turns">Turns with an answer, oldest first.</param>
internal sealed record ConversationWindow(string? Summary, IReadOnlyList<Turn> Turns)
{
    /// <summary>A conversation of which nothing is said yet.</summary>
    public static readonly ConversationWindow Empty = new(null, []);

    /// <summary>Where the untrusted text came from that the summary is of; empty where there was none.</summary>
    public IReadOnlyList<string> SummaryOrigins { get; init; } = [];

    /// <summary>The untrusted text that stands in it.</summary>
    public Taint Taint => new([.. SummaryOrigins.Concat(Turns.SelectMany(turn => turn.Origins)).Distinct()]);

    /// <summary>Reads it from the session's current path.</summary>
    public static async Task<ConversationWindow> OpenAsync(ConversationLog log, SessionId session, CancellationToken cancellationToken = default)
    {
        var path = await log.PathAsync(session, cancellationToken);
        var summary = await log.LatestSummaryAsync(session, cancellationToken);
        var covered = summary is null ? 0 : path.FindIndex(turn => turn.Id == summary.Through) + 1;

        // A turn that failed before the first word has nothing to continue from.
        return new ConversationWindow(summary?.Text is { Length: > 0 } text ? text : null, [.. path.Skip(covered).Where(turn => turn.Answer.Length > 0)])
        {
            SummaryOrigins = summary?.Origins ?? [],
        };
    }
}
