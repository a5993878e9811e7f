namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Guesses how many tokens BERT's WordPiece vocabulary makes of a text, without the vocabulary.</summary>
internal static class TokenEstimate
{
    // Measures of the 30,522-piece English vocabulary: common words are one piece, long and rare ones break about every six
    // letters, numbers every three digits, foreign letters every two; every other sign is a piece of its own.
    private const int LettersPerPiece = 6;
    private const int DigitsPerPiece = 3;
    private const int ForeignLettersPerPiece = 2;

    /// <summary>The estimate, without the two tokens that begin and end every input.</summary>
    public static int Of(string text)
    {
        var tokens = 0;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var perPiece = PerPiece(rest[0]);
            var length = 1;
            while (perPiece > 1 && length < rest.Length && PerPiece(rest[length]) == perPiece)
            {
                length++;
            }

            tokens += perPiece == 0 ? 0 : (length + perPiece - 1) / perPiece;
            rest = rest[length..];
        }

        return tokens;
    }

    private static int PerPiece(char sign) => sign switch
    {
        _ when char.IsWhiteSpace(sign) => 0,
        _ when char.IsAsciiLetter(sign) => LettersPerPiece,
        _ when char.IsAsciiDigit(sign) => DigitsPerPiece,
        < '\u2E80' when char.IsLetter(sign) => ForeignLettersPerPiece,
        _ => 1,
    };
}
