using System.Text.RegularExpressions;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>"Remember that.", "make sure I don't forget": orders that stand behind what they mean.</summary>
internal static partial class Orders
{
    /// <summary>Whether what a clause says is ordered to be remembered by what stands behind it.</summary>
    public static bool AreBehind(Reading reading, Clause clause) =>
        clause.EndMark != '?' && Order().Match(reading.Own, clause.End) is { Success: true };

    [GeneratedRegex(
        @"(?:^|[.!;,\n]\s*|\s[-–—]\s*)(?:please |pls |so |and )*(?:(?:remember|note|save|store|memori[sz]e)(?: (?:that|this|it))?(?: (?:please|for me|for later|down))?\s*(?:$|[.!;,\n])|make sure (?:i|we) (?:do not|don'?t) forget\b|(?:do not|don'?t) (?:let me )?forget(?: (?:that|this|it))?\s*(?:$|[.!;,\n]))",
        RegexOptions.IgnoreCase)]
    private static partial Regex Order();
}
