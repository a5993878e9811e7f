namespace PersonalAi.Memory.Recall.Index;

/// <summary>A piece of a text.</summary>
/// <param name="Start">Its first character in the text.</param>
/// <param name="Text">Its characters.</param>
public readonly record struct TextPiece(int Start, string Text);

/// <summary>Cuts messages into pieces that an embedding model takes in whole, at the ends of paragraphs and sentences.</summary>
public static class TextPieces
{
    // About 200 tokens of English; MiniLM was trained with 256.
    private const int Longest = 800;

    // A message of more is data, not conversation: its beginning is recalled, all of it is found by the search of sessions.
    private const int Most = 256;

    private static readonly string[] Ends = ["\n\n", "\n", ". ", "! ", "? ", "; ", ", ", " "];

    /// <summary>The pieces, without the white space around them.</summary>
    public static IEnumerable<TextPiece> Split(string text) => Cut(text).Select(piece => Trimmed(text, piece)).Where(piece => piece.Text.Length > 0).Take(Most);

    private static IEnumerable<Range> Cut(string text)
    {
        var start = 0;
        while (text.Length - start > Longest)
        {
            var end = start + EndOfPiece(text.AsSpan(start, Longest));
            yield return start..end;
            start = end;
        }

        yield return start..text.Length;
    }

    // The last end of the best kind in the second half, so that pieces do not become tiny.
    private static int EndOfPiece(ReadOnlySpan<char> window)
    {
        foreach (var end in Ends)
        {
            var found = window.LastIndexOf(end, StringComparison.Ordinal);
            if (found >= Longest / 2)
            {
                return found + end.Length;
            }
        }

        return char.IsHighSurrogate(window[^1]) ? Longest - 1 : Longest;
    }

    private static TextPiece Trimmed(string text, Range piece)
    {
        var (start, length) = piece.GetOffsetAndLength(text.Length);
        var whole = text.AsSpan(start, length);
        return new TextPiece(start + (whole.Length - whole.TrimStart().Length), whole.Trim().ToString());
    }
}
