namespace PersonalAi.Memory.Recall.Index;

/// <summary>A piece of text that can be searched, as it is stored.</summary>
/// <param name="Number">Its number in the index.</param>
/// <param name="Part">What it is a part of.</param>
/// <param name="Source">The id of the fact, turn or document.</param>
/// <param name="Thread">The id of what it is neighbour in: a session, a document, a fact.</param>
/// <param name="Ordinal">Its place among the neighbours.</param>
/// <param name="Text">Its words.</param>
/// <param name="SaidAt">When they were said; of an event, when it happens.</param>
public sealed record Passage(long Number, PassagePart Part, Guid Source, Guid Thread, long Ordinal, string Text, DateTimeOffset SaidAt)
{
    /// <summary>The first 13 characters of its source's id, which tell the millisecond.</summary>
    public string ShortSource => Source.ToString("D")[..13];

    /// <summary>Who says it, where that is known.</summary>
    public string? Speaker { get; init; }

    /// <summary>The headings it stands under.</summary>
    public string? Heading { get; init; }

    /// <summary>The first character of a turn's text, or the first line of a document; null where it is the whole.</summary>
    public int? First { get; init; }

    /// <summary>The end of the turn's characters, or the last line of a document.</summary>
    public int? Last { get; init; }

    /// <summary>Where its document came from, such as the path of a file.</summary>
    public string? Location { get; init; }

    /// <summary>How an answer cites it: <c>guide.md:120-134</c>, <c>report.pdf p. 3</c>; null for what is no document.</summary>
    public string? Citation { get; init; }
}
