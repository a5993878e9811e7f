namespace PersonalAi.Memory.Recall;

/// <summary>What speaks for a passage, or against it; each from 0 to 1.</summary>
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

    /// <summary>The question names who says it, and they speak of themselves.</summary>
    SpeakerOfOneself,

    /// <summary>It replies to what someone else said: the cosine of that.</summary>
    Reply,

    /// <summary>It replies to a question: the cosine of that.</summary>
    ReplyToQuestion,

    /// <summary>It asks, and so does not tell.</summary>
    Asks,

    /// <summary>It has words enough to tell something: the share of ten.</summary>
    SaysSomething,

    /// <summary>It has words enough to tell much: the share of twenty-five.</summary>
    SaysMuch,

    /// <summary>The model said it, not the user.</summary>
    Answer,

    /// <summary>It is a fact, which was verified before it was stored.</summary>
    Fact,

    /// <summary>It was said, or happens, at the time that the question names.</summary>
    Time,

    /// <summary>The question asks when, and it names a time.</summary>
    SaysWhen,

    /// <summary>The question asks how many, and it names a number.</summary>
    SaysNumber,

    /// <summary>The share of the question's words in it, rare ones counted more.</summary>
    Coverage,

    /// <summary>The same for it and its neighbours together.</summary>
    CoverageAround,

    /// <summary>How well the best of its thread match.</summary>
    Thread,

    /// <summary>How recent it is; half after two months.</summary>
    Recency,
}
