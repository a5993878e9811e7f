namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Splits what does not fit into one chunk, at the best places that it has.</summary>
internal sealed class PieceSplitter(ReadDocument document, ChunkOptions options)
{
    private const int LongestToken = 16;

    /// <summary>The piece, or parts of it that fit; a chunk takes as many of them as it can.</summary>
    public IEnumerable<Piece> Split(Piece piece)
    {
        if (piece.IsBlank)
        {
            return [];
        }

        if (Fits(piece.Text, RoomFor(piece)))
        {
            return [piece];
        }

        return piece.End - piece.Start > 1 ? SplitLines(piece).SelectMany(Split) : SplitLine(piece);
    }

    // The length is bounded as well, since blanks are no tokens.
    private bool Fits(string text, int room) =>
        text.Length <= room || (text.Length <= room * LongestToken && options.CountTokens(text) <= room);

    // Rows leave a third of the chunk to the header of their table.
    private int RoomFor(Piece piece) => piece.LacksHeader ? options.TargetTokens - (options.TargetTokens / 3) : options.TargetTokens;

    private List<Piece> SplitLines(Piece piece)
    {
        var parts = Cut(piece, index => EndsPart(piece, index));
        return parts.Count > 1 ? parts : Cut(piece, _ => true);
    }

    private bool EndsPart(Piece piece, int index) => piece.Block?.Kind switch
    {
        BlockKind.Code => string.IsNullOrWhiteSpace(document.Lines[index].Text),
        BlockKind.Table => true,
        _ => Sentences.EndWith(document.Lines[index].Text),
    };

    private List<Piece> Cut(Piece piece, Func<int, bool> endsPart)
    {
        List<Piece> parts = [];
        var start = piece.Start;
        for (var index = piece.Start; index < piece.End; index++)
        {
            if (index == piece.End - 1 || endsPart(index))
            {
                parts.Add(Piece.OfLines(document, start, index + 1, piece.Block));
                start = index + 1;
            }
        }

        return parts;
    }

    private IEnumerable<Piece> SplitLine(Piece piece)
    {
        var room = RoomFor(piece);
        return Sentences.Of(piece.Text)
            .SelectMany(sentence => Fits(sentence, room) ? [sentence] : Sentences.Words(sentence, room))
            .Where(part => !string.IsNullOrWhiteSpace(part))
            .Select(part => piece with { Text = part });
    }
}
