namespace PersonalAi.Assistant.Privacy.Redaction.Names;

/// <summary>Words that follow each other and could be one name.</summary>
/// <param name="First">The first token.</param>
/// <param name="Last">The last token.</param>
/// <param name="Words">The tokens that are words, without initials and small words.</param>
/// <param name="HasInitial">Whether an initial stands between them.</param>
/// <param name="HasParticle">Whether a small word of names stands between them.</param>
internal sealed record NameRun(int First, int Last, IReadOnlyList<int> Words, bool HasInitial, bool HasParticle);
