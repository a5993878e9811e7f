using PersonalAi.Memory.Conversations;

namespace PersonalAi.Memory.Facts;

/// <summary>What a fact is about.</summary>
public enum FactKind
{
    /// <summary>Who the user is: name, age, home, work, health.</summary>
    Profile,

    /// <summary>What the user likes, dislikes and wants done in a certain way.</summary>
    Preference,

    /// <summary>What happened or will happen at a time.</summary>
    Event,

    /// <summary>Who someone is to the user, and what is known of them.</summary>
    Relation,

    /// <summary>What the user has to do.</summary>
    Task,

    /// <summary>What the user knows or decided about the world.</summary>
    Knowledge,
}

/// <summary>Whether a fact may be part of a packet that leaves the machine.</summary>
public enum EgressLabel
{
    /// <summary>It must not, whatever is asked.</summary>
    Never,

    /// <summary>Only where the user agrees to it each time.</summary>
    Ask,

    /// <summary>It may, in a packet that the user agrees to.</summary>
    Ok,
}

/// <summary>Who brought a fact in. Nothing else can: not a tool, a document, a web page, or the model.</summary>
public enum FactOrigin
{
    /// <summary>The user said it.</summary>
    User,

    /// <summary>The user ordered an import that holds it.</summary>
    Import,
}

/// <summary>The words of the user that say a fact.</summary>
/// <param name="Turn">The turn whose prompt they stand in.</param>
/// <param name="Start">The first character, in UTF-16 units.</param>
/// <param name="Length">How many characters.</param>
public readonly record struct FactSource(TurnId Turn, int Start, int Length)
{
    /// <summary>The words themselves.</summary>
    /// <param name="prompt">The prompt of the turn; where it is too short, what it has of them.</param>
    public string WordsIn(string prompt) => prompt[Math.Min(Start, prompt.Length)..Math.Min(Start + Length, prompt.Length)];
}

/// <summary>When something is true in the world; null is open.</summary>
/// <param name="From">From when on.</param>
/// <param name="To">Until when, exclusive.</param>
public readonly record struct Validity(DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>Whether it is true at that moment.</summary>
    public bool Includes(DateTimeOffset moment) => (From is null || From <= moment) && (To is null || moment < To);
}

/// <summary>One version of something that is known.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Text">What is known, as a sentence that stands by itself.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="RecordedAt">Since when it is known here.</param>
public sealed record Fact(FactId Id, string Text, FactKind Kind, DateTimeOffset RecordedAt)
{
    /// <summary>When it is true in the world.</summary>
    public Validity Valid { get; init; }

    /// <summary>Until when it was known here; null while it is. A newer version, or the user, ended it.</summary>
    public DateTimeOffset? RetractedAt { get; init; }

    /// <summary>The version that this one took the place of.</summary>
    public FactId? Supersedes { get; init; }

    /// <summary>How sure it is, from 0 to 1.</summary>
    public double Confidence { get; init; } = 1;

    /// <summary>Who brought it in.</summary>
    public FactOrigin Origin { get; init; }

    /// <summary>Whether it may leave the machine.</summary>
    public EgressLabel Egress { get; init; } = EgressLabel.Ask;

    /// <summary>Whether it belongs to the core memory, which every session begins with.</summary>
    public bool IsPinned { get; init; }

    /// <summary>How often it was given to a model.</summary>
    public int Uses { get; init; }

    /// <summary>When it was last given to a model.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>The words that say it; null where it was typed in as a fact or imported.</summary>
    public FactSource? Source { get; init; }

    /// <summary>What it was imported from; null where it was not.</summary>
    public string? Reference { get; init; }
}

/// <summary>A fact to store.</summary>
/// <param name="Text">What is known, as a sentence that stands by itself.</param>
/// <param name="Kind">What it is about.</param>
public sealed record NewFact(string Text, FactKind Kind)
{
    /// <inheritdoc cref="Fact.Valid"/>
    public Validity Valid { get; init; }

    /// <inheritdoc cref="Fact.Supersedes"/>
    public FactId? Supersedes { get; init; }

    /// <inheritdoc cref="Fact.Confidence"/>
    public double Confidence { get; init; } = 1;

    /// <inheritdoc cref="Fact.Origin"/>
    public FactOrigin Origin { get; init; }

    /// <inheritdoc cref="Fact.Egress"/>
    public EgressLabel Egress { get; init; } = EgressLabel.Ask;

    /// <inheritdoc cref="Fact.IsPinned"/>
    public bool IsPinned { get; init; }

    /// <inheritdoc cref="Fact.Source"/>
    public FactSource? Source { get; init; }

    /// <inheritdoc cref="Fact.Reference"/>
    public string? Reference { get; init; }
}
