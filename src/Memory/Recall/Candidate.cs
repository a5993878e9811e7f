using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Memory.Recall;

/// <summary>A passage that an arm found, with what is known of it for ranking.</summary>
internal sealed class Candidate(Passage passage)
{
    public Passage Passage => passage;

    /// <summary>BM25 as a share of the best hit's, from 0 to 1.</summary>
    public double Words { get; init; }

    public double Cosine { get; init; }

    /// <summary>Trigram BM25 as a share of the best hit's, from 0 to 1.</summary>
    public double Names { get; init; }

    public bool IsInTime { get; init; }

    /// <summary>Whether who says it is named in the question.</summary>
    public bool IsSpeakerNamed { get; init; }

    public required ArmScores Arms { get; init; }
}
