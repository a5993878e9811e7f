using System.Globalization;
using System.Text;

namespace PersonalAi.Tools.Mcp;

/// <summary>Text of a server without what only hides or forges something: control characters, writing directions, invisible letters.</summary>
internal static class UntrustedText
{
    private const int Joiner = 0x200D;
    private const int NonJoiner = 0x200C;

    /// <summary>The text with its line breaks.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHarmless(rune))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    /// <summary>The text in one line, cut to a length; what was cut off is marked.</summary>
    public static string Line(string? text, int longest)
    {
        var line = string.Join(' ', Clean(text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= longest ? line : $"{line[..(char.IsHighSurrogate(line[longest - 2]) ? longest - 2 : longest - 1)]}…";
    }

    // Joiners shape the letters of several scripts, and show nothing that is not there.
    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => rune.Value is '\n' or '\t',
        UnicodeCategory.Format => rune.Value is Joiner or NonJoiner,
        _ => true,
    };
}
