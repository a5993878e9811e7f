using PersonalAi.Memory.Documents.Reading;
using PersonalAi.Memory.Facts;

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

    /// <summary>When its file was last written to; null where that does not tell whether it changed.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>What the lines of its chunks count.</summary>
    public LineUnit Unit { get; init; }
}

/// <summary>A text with the pieces in which it is stored.</summary>
/// <param name="Document">What it is.</param>
/// <param name="Chunks">Its pieces, in their order.</param>
public sealed record DocumentText(NewDocument Document, IReadOnlyList<DocumentChunk> Chunks);

/// <summary>A text that is stored.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Location">Where it came from: the full path of a file, or another place.</param>
/// <param name="Title">What it is called.</param>
/// <param name="MediaType">What it is, such as <c>text/markdown</c>.</param>
/// <param name="Sha256">The hash of its bytes.</param>
/// <param name="Bytes">Its size.</param>
public sealed record Document(DocumentId Id, string Location, string Title, string MediaType, string Sha256, long Bytes)
{
    /// <summary>When it was written, where that is known.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>When its file was last written to, as far as that is known.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset AddedAt { get; init; }

    /// <summary>How many pieces it has.</summary>
    public int Chunks { get; init; }

    /// <summary>Whether it may leave the machine.</summary>
    public EgressLabel Egress { get; init; } = EgressLabel.Ask;
}

/// <summary>What was removed with a document.</summary>
/// <param name="Document">The document as it was.</param>
/// <param name="Vectors">How many of its passages had vectors.</param>
public sealed record RemovedDocument(Document Document, int Vectors);

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
