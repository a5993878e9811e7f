using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Memory.Recall;

/// <summary>A passage that may be recalled, with what each arm found.</summary>
internal sealed class Candidate(Passage passage)
{
    private TextTraits? _traits;

    public Passage Passage => passage;

    /// <summary>What ranking looks at in its text.</summary>
    public TextTraits Traits => _traits ??= TextTraits.Of(passage.Text);

    /// <summary>BM25; 0 where its words do not match.</summary>
    public double Words { get; init; }

    /// <summary>The cosine of its vector with the question's; 0 where it has none.</summary>
    public double Cosine { get; init; }

    /// <summary>Trigram BM25 of its names; 0 where none matches.</summary>
    public double Names { get; init; }

    /// <summary>Whether it was said, or happens, at a time that the question names.</summary>
    public bool IsInTime { get; init; }

    /// <summary>What was said before it in its thread.</summary>
    public Candidate? Previous { get; set; }

    /// <summary>What was said after it in its thread.</summary>
    public Candidate? Next { get; set; }

    /// <summary>What someone else said just before, to which a person may reply; that the model answers something makes it no truer.</summary>
    public Candidate? RepliesTo =>
        passage.Part != PassagePart.Answer && Previous is { } previous && (previous.Passage.Speaker, previous.Passage.Part) != (passage.Speaker, passage.Part) ? previous : null;
}
