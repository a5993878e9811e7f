using System.Buffers;
using System.Globalization;
using System.Text;

namespace PersonalAi.Assistant.Terminal;

/// <summary>
/// Writes text of others so that what is seen is what it says: what is invisible, moves the cursor, turns the direction of writing, or
/// only looks like another letter is written as an escape.
/// </summary>
internal static class RevealedText
{
    private const int MostMarks = 2;

    // Blank without being spaces: fillers of Hangul, the empty Braille pattern.
    private static readonly SearchValues<char> Blank = SearchValues.Create("\u115F\u1160\u3164\uFFA0\u2800");

    // What passes for the slashes, dots and colons of an address or a path.
    private static readonly SearchValues<char> FalsePunctuation = SearchValues.Create("\u2044\u2215\u29F8\uFF0F\uFF3C\u2024\uFE52\uFF0E\u3002\uFF61\uFE55\uFF1A\uA789\u2236\uFF20");

    // Alphabets that are mixed with Latin letters to imitate them: Greek to Armenian, Cherokee, letterlike and styled forms.
    private static readonly (int From, int To)[] Imitating =
        [(0x370, 0x58F), (0x13A0, 0x13FF), (0x1C80, 0x1C8F), (0x2100, 0x214F), (0x2460, 0x24FF), (0x2DE0, 0x2DFF), (0xA640, 0xA69F), (0xAB30, 0xABBF), (0xFF00, 0xFFEF), (0x1D400, 0x1D7FF)];

    private static readonly (int From, int To)[] RightToLeft = [(0x590, 0x8FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF)];

    /// <summary>The text in double quotes, with backslashes and quotes escaped too, as JSON does.</summary>
    public static string Quote(string text) => $"\"{string.Concat(Units(text).Select(Escaped))}\"";

    /// <summary>The text without quotes: for what is not to be told from its surroundings by its own letters.</summary>
    public static string Of(string text) => string.Concat(Units(text));

    /// <summary>The text in pieces that must not be broken: a letter, or an escape.</summary>
    public static IEnumerable<string> Units(string text)
    {
        var (place, marks) = (0, MostMarks);
        while (place < text.Length)
        {
            var isWhole = Rune.DecodeFromUtf16(text.AsSpan(place), out var rune, out var length) == OperationStatus.Done;
            var category = isWhole ? Rune.GetUnicodeCategory(rune) : UnicodeCategory.Surrogate;
            var isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;
            marks = isMark ? marks + 1 : 0;
            var isPlain = isWhole && IsSeen(rune, category) && marks <= MostMarks && !Imitates(text, place, rune);
            yield return isPlain ? rune.ToString() : isWhole ? Escape(rune.Value) : Escape(text[place]);
            place += length;
        }
    }

    /// <summary>Units in lines; at least one line, and no unit is broken.</summary>
    /// <param name="units">The units.</param>
    /// <param name="width">How long a line may be, in characters.</param>
    public static List<string> Wrap(IEnumerable<string> units, int width)
    {
        var lines = new List<StringBuilder> { new() };
        foreach (var unit in units)
        {
            if (lines[^1].Length + unit.Length > width)
            {
                lines.Add(new StringBuilder());
            }

            lines[^1].Append(unit);
        }

        return [.. lines.Select(line => line.ToString())];
    }

    /// <summary>A unit as it stands between double quotes.</summary>
    public static string Escaped(string unit) => unit is "\\" or "\"" ? $"\\{unit}" : unit;

    private static string Escape(int value) => value switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        > char.MaxValue => string.Create(CultureInfo.InvariantCulture, $@"\u{{{value:x}}}"),
        _ => string.Create(CultureInfo.InvariantCulture, $@"\u{value:x4}"),
    };

    private static bool IsSeen(Rune rune, UnicodeCategory category) => category switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.SpaceSeparator => rune.Value == ' ',
        UnicodeCategory.NonSpacingMark => !IsSelector(rune.Value),
        _ => !IsIn(RightToLeft, rune.Value) && !(rune.IsBmp && (Blank.Contains((char)rune.Value) || FalsePunctuation.Contains((char)rune.Value))),
    };

    // Variation selectors and the grapheme joiner, which change nothing or hide data.
    private static bool IsSelector(int value) => value is 0x34F or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or 0x17B4 or 0x17B5;

    private static bool IsIn((int From, int To)[] ranges, int value) => ranges.Any(range => value >= range.From && value <= range.To);

    // A letter of such an alphabet in one word with Latin letters; words of that alphabet alone stay as they are.
    private static bool Imitates(string text, int place, Rune rune)
    {
        if (!IsIn(Imitating, rune.Value))
        {
            return false;
        }

        var (start, end) = (place, place + rune.Utf16SequenceLength);
        while (start > 0 && IsOfWord(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && IsOfWord(text[end]))
        {
            end++;
        }

        return text.AsSpan(start, end - start).ContainsAnyInRange('A', 'Z') || text.AsSpan(start, end - start).ContainsAnyInRange('a', 'z');
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.IsSymbol(c) || c is '-' or '_' or '.';
}
