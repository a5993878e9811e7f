namespace PersonalAi.Memory.Facts.Writing;

/// <summary>A fact that somebody proposes to store.</summary>
/// <param name="Text">A sentence that stands by itself, in the user's words as far as possible.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Start">Where the words that say it begin in the turn's text, in UTF-16 units.</param>
/// <param name="Length">How long they are.</param>
/// <param name="Proposer">The rule that proposed it, or <c>model</c>.</param>
public sealed record FactCandidate(string Text, FactKind Kind, int Start, int Length, string Proposer)
{
    /// <summary>What it tells about, such as <c>home</c> or <c>favourite colour</c>: a newer fact about the same takes its place. Null for what cannot be replaced.</summary>
    public string? Attribute { get; init; }

    /// <summary>How sure it is, from 0 to 1.</summary>
    public double Confidence { get; init; } = 0.9;

    /// <summary>Why it must be looked at before it is stored; null where it need not be.</summary>
    public DoubtReason? Doubt { get; init; }

    /// <summary>Whether the user asked for it to be remembered in so many words.</summary>
    public bool IsExplicit { get; init; }

    /// <summary>When it is true in the world.</summary>
    public Validity Valid { get; init; }

    /// <summary>The fact whose place it takes.</summary>
    public FactId? Supersedes { get; init; }

    /// <summary>The words of the same text that say whom "she" or "he" in the span means; null where the span has no such word.</summary>
    public TextSpan? Antecedent { get; init; }

    /// <summary>Words of an earlier turn of the session that say whom "she" or "he" means; null where the turn itself does.</summary>
    public string? EarlierPerson { get; init; }

    /// <summary>Behind the last character of the words that say it.</summary>
    public int End => Start + Length;
}

/// <summary>A part of a text.</summary>
/// <param name="Start">Its first character, in UTF-16 units.</param>
/// <param name="Length">How many characters.</param>
public readonly record struct TextSpan(int Start, int Length);

/// <summary>Why a fact waits in the inbox.</summary>
public enum DoubtReason
{
    /// <summary>The user was not sure: "I might", "perhaps".</summary>
    Uncertain,

    /// <summary>It tells of the user's health. Written by older versions: what users say plainly of their own health is stored now.</summary>
    Health,

    /// <summary>It tells of money.</summary>
    Money,

    /// <summary>It tells of belief, politics, sexuality or the law.</summary>
    Private,

    /// <summary>It tells something delicate of somebody else.</summary>
    OtherPerson,

    /// <summary>The rule that found it, or the model, is not reliable enough.</summary>
    Weak,
}
