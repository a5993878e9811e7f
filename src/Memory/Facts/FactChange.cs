namespace PersonalAi.Memory.Facts;

/// <summary>What was done to facts.</summary>
public enum ChangeAction
{
    /// <summary>Facts were added.</summary>
    Add,

    /// <summary>A newer version took the place of a fact.</summary>
    Edit,

    /// <summary>A fact became part of the core memory.</summary>
    Pin,

    /// <summary>A fact is no part of the core memory any more.</summary>
    Unpin,

    /// <summary>It was decided whether a fact may leave the machine.</summary>
    Label,

    /// <summary>Facts were imported.</summary>
    Import,

    /// <summary>Facts that were proposed were accepted.</summary>
    Accept,
}

/// <summary>What should be different about a fact; null leaves it as it is.</summary>
public sealed record FactEdit
{
    /// <inheritdoc cref="Fact.Text"/>
    public string? Text { get; init; }

    /// <inheritdoc cref="Fact.Kind"/>
    public FactKind? Kind { get; init; }

    /// <inheritdoc cref="Fact.Valid"/>
    public Validity? Valid { get; init; }
}

/// <summary>One change, which is reversed as a whole.</summary>
/// <param name="Number">Its number; later changes have higher ones.</param>
/// <param name="Action">What was done.</param>
/// <param name="MadeAt">When.</param>
/// <param name="Facts">The versions of facts that it touched, as they are now.</param>
public sealed record FactChange(long Number, ChangeAction Action, DateTimeOffset MadeAt, IReadOnlyList<Fact> Facts)
{
    /// <summary>When it was reversed; null where it was not.</summary>
    public DateTimeOffset? UndoneAt { get; init; }
}

/// <summary>All that is stored of one fact.</summary>
/// <param name="Versions">Its versions, the oldest first.</param>
/// <param name="Changes">What was done to them, the oldest first.</param>
public sealed record FactHistory(IReadOnlyList<Fact> Versions, IReadOnlyList<FactChange> Changes);
