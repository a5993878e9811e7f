namespace PersonalAi.Memory.Conversations;

/// <summary>A turn that a search found.</summary>
/// <param name="Session">Its session.</param>
/// <param name="Title">The session's title.</param>
/// <param name="Turn">The turn.</param>
/// <param name="At">When the turn began.</param>
/// <param name="Rank">BM25 as SQLite has it: the lower, the better the match.</param>
/// <param name="Snippet">A passage around the best match, of the prompt or of the answer.</param>
public sealed record SearchHit(SessionId Session, string? Title, TurnId Turn, DateTimeOffset At, double Rank, IReadOnlyList<SnippetPart> Snippet);
