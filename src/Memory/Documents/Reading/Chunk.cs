using System.Collections.Immutable;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>A part of a document, small enough for the embedding model to see all of it.</summary>
/// <param name="Ordinal">Its place among the document's chunks, from 0.</param>
/// <param name="Text">The words of the document, each in one chunk only.</param>
/// <param name="First">The number of the first line, in the unit of the document.</param>
/// <param name="Last">The number of the last line.</param>
internal sealed record Chunk(int Ordinal, string Text, int First, int Last)
{
    /// <summary>The titles of the sections that it stands in, outermost first.</summary>
    public ImmutableArray<string> Path { get; init; } = [];

    /// <summary>The header of the table that the chunk goes on with, when it does not begin with it.</summary>
    public string? TableHeader { get; init; }

    /// <summary>The path as people read it: 'Guide > Install'.</summary>
    public string Heading => string.Join(" > ", Path);

    /// <summary>What is searched and shown to a model: the text, after the header of its table.</summary>
    public string Content => TableHeader is null ? Text : $"{TableHeader}\n{Text}";
}
