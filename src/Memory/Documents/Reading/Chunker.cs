using System.Collections.Immutable;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Cuts a document into chunks along its structure: every non-blank line is in one chunk, and only in one.</summary>
/// <remarks>
/// Sections begin a new chunk unless they are tiny; paragraphs, code and tables are kept whole where they fit. What is longer is
/// split at blank lines, ends of sentences, rows, lines, and words, in this order; only a line longer than a chunk is in several.
/// </remarks>
internal static class Chunker
{
    /// <summary>The chunks, in the order of the document.</summary>
    public static ImmutableArray<Chunk> Cut(ReadDocument document, ChunkOptions options)
    {
        var draft = new ChunkDraft(document, options);
        var splitter = new PieceSplitter(document, options);
        foreach (var section in SectionSpan.Of(document))
        {
            draft.BeginSection(section);
            foreach (var piece in Pieces(document, section).SelectMany(splitter.Split))
            {
                draft.Add(piece);
            }
        }

        return draft.End();
    }

    private static IEnumerable<Piece> Pieces(ReadDocument document, SectionSpan section)
    {
        var index = section.Start;
        while (index < section.End)
        {
            var block = FirstBlock(document.Blocks, index);
            var end = Math.Min(section.End, block.Start <= index ? block.End : ParagraphEnd(document, index, block.Start));
            yield return Piece.OfLines(document, index, end, block.Start <= index ? block : null);
            index = end;
        }
    }

    // The block that holds the line, or the next one after it.
    private static Block FirstBlock(ImmutableArray<Block> blocks, int index)
    {
        (var low, var high) = (0, blocks.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = blocks[middle].End <= index ? (middle + 1, high) : (low, middle);
        }

        return low < blocks.Length ? blocks[low] : new(BlockKind.Code, int.MaxValue, 0);
    }

    private static int ParagraphEnd(ReadDocument document, int index, int blockStart)
    {
        var limit = Math.Min(blockStart, document.Lines.Length);
        while (index < limit && string.IsNullOrWhiteSpace(document.Lines[index].Text))
        {
            index++;
        }

        while (index < limit && !string.IsNullOrWhiteSpace(document.Lines[index].Text))
        {
            index++;
        }

        return index;
    }
}
