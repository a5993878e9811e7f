using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Memory.Forgetting;

/// <summary>What to forget.</summary>
public sealed record ForgetRequest
{
    /// <summary>These facts, with all their versions.</summary>
    public IReadOnlyList<FactId> Facts { get; init; } = [];

    /// <summary>A whole session, and the facts that were learnt in it.</summary>
    public SessionId? Session { get; init; }

    /// <summary>Whether the words that say the facts, and later ones that repeat them, are taken out of the conversations too.</summary>
    public bool Source { get; init; }
}

/// <summary>Words of a conversation that say what is to be forgotten.</summary>
/// <param name="Turn">Where they stand.</param>
/// <param name="Part">In the prompt or in the answer.</param>
/// <param name="Start">Their first character, in UTF-16 units.</param>
/// <param name="Words">The words.</param>
public sealed record Mention(Turn Turn, PassagePart Part, int Start, string Words);

/// <summary>What forgetting finds to remove.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Facts">The facts, all versions of them.</param>
/// <param name="Mentions">The words in conversations that say them; they are removed on request only.</param>
public sealed record ForgetPlan(ForgetRequest Request, IReadOnlyList<Fact> Facts, IReadOnlyList<Mention> Mentions)
{
    /// <summary>The turns of the session that is forgotten whole.</summary>
    public IReadOnlyList<Turn> Turns { get; init; } = [];

    /// <summary>What must be found nowhere afterwards.</summary>
    public ForgottenText Text { get; init; } = new([]);
}

/// <summary>What was removed from the database.</summary>
/// <param name="Plan">What it was.</param>
/// <param name="Passages">How many passages.</param>
/// <param name="Vectors">How many vectors.</param>
/// <param name="Summaries">How many summaries that spoke of it; they are made again when they are needed.</param>
/// <param name="Sessions">Of how many sessions a model may have read it: their KV snapshots go.</param>
public sealed record Forgotten(ForgetPlan Plan, int Passages, int Vectors, int Summaries, int Sessions);
