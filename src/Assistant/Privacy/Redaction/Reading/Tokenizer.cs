using System.Globalization;

namespace PersonalAi.Assistant.Privacy.Redaction.Reading;

/// <summary>Cuts a text into words, numbers and marks, in one pass.</summary>
internal static class Tokenizer
{
    // Longer words are no words: they are cut, so that nothing that looks at a word takes long.
    private const int LongestWord = 100;

    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var lexicon = Lexicon.Shared;
        for (var (i, lines, spaced) = (0, 2, true); i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                lines += text[i] == '\n' ? 1 : 0;
                spaced = true;
                i++;
                continue;
            }

            var end = EndOf(text, i);
            tokens.Add(TokenOf(text, i, end, lines, spaced, lexicon));
            (i, lines, spaced) = (end, 0, false);
        }

        return tokens;
    }

    private static Token TokenOf(string text, int start, int end, int lines, bool spaced, Lexicon lexicon)
    {
        var kind = char.IsLetter(text[start]) ? TokenKind.Word : char.IsAsciiDigit(text[start]) ? TokenKind.Number : TokenKind.Mark;
        var folded = Folding.Fold(text.AsSpan(start..end));
        return new Token(start, end - start, kind, folded, lines, spaced)
        {
            IsCapitalised = kind == TokenKind.Word && !char.IsLower(text[start]),
            Use = kind == TokenKind.Word ? lexicon.UseOf(folded) : WordUse.None,
        };
    }

    private static int EndOf(string text, int start)
    {
        var end = start + 1;
        if (!char.IsLetterOrDigit(text[start]))
        {
            return end;
        }

        while (end < text.Length && end - start < LongestWord && (IsInWord(text[end]) || Joins(text, end)))
        {
            end++;
        }

        return end;
    }

    private static bool IsInWord(char c) => char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // A hyphen or an apostrophe between letters; not that of "Anna's", which belongs to no name.
    private static bool Joins(string text, int place) =>
        text[place] is '-' or '\'' or '’' or '‐'
        && place + 1 < text.Length && char.IsLetter(text[place - 1]) && char.IsLetter(text[place + 1])
        && (text[place] is '-' or '‐' || text[place + 1] is not ('s' or 'S') || place + 2 < text.Length && char.IsLetterOrDigit(text[place + 2]));
}
