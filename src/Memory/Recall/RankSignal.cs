namespace PersonalAi.Memory.Recall;

/// <summary>What speaks for a passage, or against it; each about from 0 to 1.</summary>
internal enum RankSignal
{
    /// <summary>BM25 as a share of the best.</summary>
    Words,

    /// <summary>The cosine.</summary>
    Cosine,

    /// <summary>Trigram BM25 of names as a share of the best.</summary>
    Names,

    /// <summary>The question names who says it.</summary>
    Speaker,

    /// <summary>The words of what was said before it.</summary>
    PreviousWords,

    /// <summary>The words of what was said after it.</summary>
    NextWords,

    /// <summary>The cosine of what was said before it.</summary>
    PreviousCosine,

    /// <summary>The cosine of what was said after it.</summary>
    NextCosine,

    /// <summary>What was said before it asks, and this is a reply: the cosine of that question.</summary>
    RepliesTo,

    /// <summary>It asks: what asks does not tell.</summary>
    Asks,

    /// <summary>How much it says.</summary>
    Length,

    /// <summary>The model said it, not the user.</summary>
    Answer,

    /// <summary>It is a fact.</summary>
    Fact,

    /// <summary>It was said, or happens, at the time that the question names.</summary>
    Time,

    /// <summary>The question asks when, and it says a time.</summary>
    SaysWhen,

    /// <summary>The question asks how many, and it says a number.</summary>
    SaysNumber,

    /// <summary>The share of the question's words in it, rare ones counted more.</summary>
    Coverage,

    /// <summary>The same for it and its neighbours together.</summary>
    CoverageAround,

    /// <summary>How well its thread matches.</summary>
    Thread,

    /// <summary>How recent it is.</summary>
    Recency,
}
