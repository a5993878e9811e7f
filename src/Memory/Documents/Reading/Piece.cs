using System.Text;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Lines of a document, or a part of one line, that a chunk takes whole.</summary>
/// <param name="Text">The words; a part of a line keeps the blanks that follow it.</param>
/// <param name="Start">The index of the first line.</param>
/// <param name="End">The index after the last line.</param>
/// <param name="Block">The block that it is from; null for a paragraph.</param>
internal readonly record struct Piece(string Text, int Start, int End, Block? Block)
{
    /// <summary>Whether it is from a table whose header stands in another piece.</summary>
    public bool LacksHeader => Block is { Header: > 0 } table && Start >= table.Start + table.Header;

    /// <summary>Whether there are no other lines than blank ones.</summary>
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    /// <summary>Whole lines, without blank ones at either end.</summary>
    public static Piece OfLines(ReadDocument document, int start, int end, Block? block)
    {
        while (start < end && string.IsNullOrWhiteSpace(document.Lines[start].Text))
        {
            start++;
        }

        while (end > start && string.IsNullOrWhiteSpace(document.Lines[end - 1].Text))
        {
            end--;
        }

        var text = new StringBuilder();
        for (var index = start; index < end; index++)
        {
            text.Append(index > start ? "\n" : "").Append(document.Lines[index].Text);
        }

        return new(text.ToString(), start, end, block);
    }
}
