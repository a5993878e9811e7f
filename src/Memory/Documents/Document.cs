namespace PersonalAi.Memory.Documents;

/// <summary>Names a document: a UUIDv7, so that ids sort by time.</summary>
public readonly record struct DocumentId(Guid Value)
{
    /// <summary>The first 13 characters, which tell the millisecond.</summary>
    public string ShortForm => ToString()[..13];

    /// <summary>A new id of this moment.</summary>
    public static DocumentId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <summary>The whole id in lowercase.</summary>
    public override string ToString() => Value.ToString("D");
}

/// <summary>A text to store for search.</summary>
/// <param name="Location">Where it came from: a path, an address, an archive and a place in it. One location is one document.</param>
/// <param name="Title">What it is called.</param>
/// <param name="MediaType">What it is, such as <c>text/markdown</c>.</param>
/// <param name="Sha256">The hash of its bytes, which tells whether it changed.</param>
/// <param name="Bytes">Its size.</param>
public sealed record NewDocument(string Location, string Title, string MediaType, string Sha256, long Bytes)
{
    /// <summary>When it was written, where that is known.</summary>
    public DateTimeOffset? WrittenAt { get; init; }
}

/// <summary>A piece of a document, short enough for the embedding model.</summary>
/// <param name="Text">Its words.</param>
public sealed record DocumentChunk(string Text)
{
    /// <summary>The headings it stands under.</summary>
    public string? Heading { get; init; }

    /// <summary>Who says it, in a conversation or a mail.</summary>
    public string? Speaker { get; init; }

    /// <summary>When it was said; null where that is when the document was written.</summary>
    public DateTimeOffset? SaidAt { get; init; }

    /// <summary>Its first line in the document, from 1.</summary>
    public int? FirstLine { get; init; }

    /// <summary>Its last line in the document.</summary>
    public int? LastLine { get; init; }
}
