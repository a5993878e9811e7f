using System.Collections.Immutable;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>What a reader found in a file: its words as numbered lines, and the structure that chunks follow.</summary>
/// <param name="Name">The name that a citation gives, for example 'notes/trip.md'.</param>
/// <param name="MediaType">The IANA media type, for example 'text/markdown'.</param>
/// <param name="Lines">The text, blank lines included, numbered as <paramref name="Unit"/> says.</param>
/// <param name="Unit">What the numbers of the lines count.</param>
internal sealed record ReadDocument(string Name, string MediaType, ImmutableArray<SourceLine> Lines, LineUnit Unit = LineUnit.Line)
{
    /// <summary>The title that the file gives itself.</summary>
    public string? Title { get; init; }

    /// <summary>Who wrote it, where the file says so.</summary>
    public string? Author { get; init; }

    /// <summary>When it was written, where the file says so.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Headings, definitions and messages, in the order of their lines.</summary>
    public ImmutableArray<Section> Sections { get; init; } = [];

    /// <summary>Code and tables, in the order of their lines and without overlap; all other lines are paragraphs between blank lines.</summary>
    public ImmutableArray<Block> Blocks { get; init; } = [];

    /// <summary>How an answer cites these lines: 'trip.md:120-134', 'report.pdf p. 3'.</summary>
    public string Cite(Chunk chunk) => Citation.Of(Name, Unit, chunk.First, chunk.Last);
}

/// <summary>One line of a text and where it stands in its file.</summary>
/// <param name="Number">From 1, in the unit of the document; the lines of one page have one number.</param>
/// <param name="Text">The line without its end.</param>
internal readonly record struct SourceLine(int Number, string Text);

/// <summary>Where a heading, a definition or a message begins; it ends where the next of its level or above begins.</summary>
/// <param name="Start">The index of its first line.</param>
/// <param name="Level">From 1; 0 is a part that shares no chunk with its neighbours, such as a message of a mailbox.</param>
/// <param name="Title">What a heading path shows; empty for lines that follow a definition without belonging to it.</param>
internal readonly record struct Section(int Start, int Level, string Title);

/// <summary>Lines that belong together.</summary>
/// <param name="Kind">How they may be split where they are too long.</param>
/// <param name="Start">The index of the first line.</param>
/// <param name="Count">How many lines there are.</param>
/// <param name="Header">How many of them, at the beginning, name the columns of a table.</param>
internal readonly record struct Block(BlockKind Kind, int Start, int Count, int Header = 0)
{
    /// <summary>The index after the last line.</summary>
    public int End => Start + Count;
}

/// <summary>How a block may be split.</summary>
internal enum BlockKind
{
    /// <summary>Between lines, best at blank ones.</summary>
    Code,

    /// <summary>Between lines, with the header repeated.</summary>
    Table,
}

/// <summary>What the numbers of a document's lines count.</summary>
public enum LineUnit
{
    /// <summary>Lines of the file, or of the body of a mail.</summary>
    Line,

    /// <summary>Pages.</summary>
    Page,

    /// <summary>Paragraphs, a table row being one.</summary>
    Paragraph,

    /// <summary>Messages of a mailbox.</summary>
    Message,
}
