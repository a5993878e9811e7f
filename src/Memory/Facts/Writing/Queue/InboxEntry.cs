using PersonalAi.Memory.Conversations;

namespace PersonalAi.Memory.Facts.Writing.Queue;

/// <summary>Names a fact that waits in the inbox: a UUIDv7, so that ids sort by time.</summary>
public readonly record struct InboxId(Guid Value)
{
    /// <summary>The first 13 characters, which tell the millisecond.</summary>
    public string ShortForm => ToString()[..13];

    /// <summary>The whole id in lowercase.</summary>
    public override string ToString() => Value.ToString("D");
}

/// <summary>A fact that waits until the user has looked at it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Candidate">What was proposed.</param>
/// <param name="Doubt">Why it waits.</param>
/// <param name="Turn">The turn that says it.</param>
/// <param name="Words">The user's words that say it.</param>
/// <param name="ProposedAt">Since when it waits.</param>
public sealed record InboxEntry(InboxId Id, FactCandidate Candidate, DoubtReason Doubt, TurnId Turn, string Words, DateTimeOffset ProposedAt);
