using System.Globalization;
using System.Text.RegularExpressions;

namespace PersonalAi.Assistant.Privacy.Redaction;

/// <summary>The writing of placeholders: <c>[PERSON_1]</c>, and what models make of it.</summary>
internal static partial class Placeholder
{
    /// <summary>More characters than any writing has.</summary>
    public const int Longest = 80;

    public static string Of(string type, int number) => string.Create(CultureInfo.InvariantCulture, $"[{type}_{number}]");

    /// <summary>All writings in a text: in any case, with spaces within the brackets, with the escapes of Markdown.</summary>
    public static MatchCollection AllIn(string text) => Any().Matches(text);

    /// <summary>The placeholder that a writing means.</summary>
    public static string Meant(Match writing) => $"[{writing.Groups["type"].Value.Replace("\\", "", StringComparison.Ordinal).ToUpperInvariant()}_{writing.Groups["number"].ValueSpan.TrimStart('0')}]";

    [GeneratedRegex(@"(?:(?<escaped>\\\[)|\[) {0,2}(?<type>[A-Za-z]{1,20}(?:\\?_[A-Za-z]{1,20}){0,2})\\?[_ ](?<number>[0-9]{1,7}) {0,2}(?(escaped)\\\]|\])")]
    private static partial Regex Any();

    /// <summary>Where the end of a text could be the beginning of a placeholder; its length where it is none.</summary>
    public static int StartOfUnfinished(string text)
    {
        var start = text.LastIndexOf('[');
        if (start >= 0 && text.Length - start < Longest && text.AsSpan(start + 1).IndexOfAnyExcept(Within) < 0)
        {
            return start > 0 && text[start - 1] == '\\' ? start - 1 : start;
        }

        return text.EndsWith('\\') ? text.Length - 1 : text.Length;
    }

    private static readonly System.Buffers.SearchValues<char> Within =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_ \\");
}
