using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Memory.Recall;

/// <summary>What to recall.</summary>
/// <param name="Text">The question, as the user put it.</param>
public sealed record MemoryQuery(string Text)
{
    /// <summary>The largest number of hits.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>What was known at that moment; null is now.</summary>
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>What was true in the world at that moment; null leaves out nothing.</summary>
    public DateTimeOffset? TrueAt { get; init; }

    /// <summary>Only facts of these kinds; null searches all facts, turns and documents.</summary>
    public IReadOnlySet<FactKind>? Kinds { get; init; }

    /// <summary>Only facts with these labels; null takes any.</summary>
    public IReadOnlySet<EgressLabel>? Labels { get; init; }

    /// <summary>Only what was said in these sessions; null searches all.</summary>
    public IReadOnlySet<SessionId>? Sessions { get; init; }

    /// <summary>Only such parts; null searches all.</summary>
    public IReadOnlySet<PassagePart>? Parts { get; init; }

    /// <summary>Turns and facts that the reader sees already.</summary>
    public IReadOnlySet<Guid> Without { get; init; } = new HashSet<Guid>();

    /// <summary>Leaves out what does not seem to answer the question: then the result may be empty, which says that nothing is known.</summary>
    public bool IsRelevantOnly { get; init; }

    /// <summary>Which ways of searching are used.</summary>
    public RecallArms Arms { get; init; } = RecallArms.All;
}

/// <summary>Ways of searching.</summary>
[Flags]
public enum RecallArms
{
    /// <summary>Words, in any inflection, by BM25.</summary>
    Words = 1,

    /// <summary>Meaning, by the cosine of vectors.</summary>
    Vectors = 2,

    /// <summary>Names and code, by trigrams, and who is spoken of.</summary>
    Names = 4,

    /// <summary>When it was said, where the question says a time.</summary>
    Time = 8,

    /// <summary>All of them, fused.</summary>
    All = Words | Vectors | Names | Time,
}
