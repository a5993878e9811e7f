using System.Globalization;
using System.Text;

namespace PersonalAi.Memory.Recall.Time;

/// <summary>Splits a text into tokens, in one pass.</summary>
internal static class Tokenizer
{
    private const int LongestWord = 40;
    private const int LongestNumber = 8;

    private enum Kind { Space, Letter, Digit, Single }

    /// <summary>The tokens of a text; spaces and control characters only separate them.</summary>
    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        for (var (start, end, previous) = (0, 0, 0); start < text.Length; start = end)
        {
            var kind = KindOf(text[start]);
            end = start + 1;
            while (kind != Kind.Single && end < text.Length && KindOf(text[end]) == kind)
            {
                end++;
            }
            if (kind != Kind.Space)
            {
                tokens.Add(TokenOf(text, start, end, kind, previous == start));
                previous = end;
            }
        }
        return tokens;
    }

    private static Token TokenOf(string text, int start, int end, Kind kind, bool isGlued)
    {
        var span = text.AsSpan(start, end - start);
        return kind == Kind.Digit && span.Length <= LongestNumber
            ? DigitsOf(span) is var digits ? new Token(digits, start, end, int.Parse(digits, CultureInfo.InvariantCulture), isGlued) : default
            : new Token(kind == Kind.Digit || span.Length > LongestWord ? "" : Fold(span), start, end, -1, isGlued);
    }

    private static string DigitsOf(ReadOnlySpan<char> span)
    {
        Span<char> digits = stackalloc char[span.Length];
        for (var i = 0; i < span.Length; i++)
        {
            digits[i] = (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(span[i]));
        }
        return new string(digits);
    }

    // An underscore makes names in programs ("retry_march_2024") one word.
    private static Kind KindOf(char c) => c switch
    {
        _ when char.IsWhiteSpace(c) || char.IsControl(c) => Kind.Space,
        >= '\u4e00' and <= '\u9fff' or '〇' => Kind.Single,
        '_' => Kind.Letter,
        _ when char.IsLetter(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark => Kind.Letter,
        _ when char.IsDigit(c) => Kind.Digit,
        _ => Kind.Single,
    };

    private static string Fold(ReadOnlySpan<char> span)
    {
        var lower = span.ToString().ToLowerInvariant();
        return Ascii.IsValid(lower) ? lower : KindOf(span[0]) == Kind.Letter ? WithoutAccents(lower) : FoldMark(span[0]);
    }

    private static string FoldMark(char mark) => mark switch
    {
        '’' => "'",
        '–' or '—' or '～' => "-",
        >= '\uff01' and <= '\uff5e' => ((char)(mark - '\uff01' + '!')).ToString(),
        _ => mark.ToString(),
    };

    private static string WithoutAccents(string word) => string.Concat(word.Normalize(NormalizationForm.FormKD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));
}
