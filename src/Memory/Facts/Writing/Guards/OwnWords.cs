using System.Text.RegularExpressions;

namespace PersonalAi.Memory.Facts.Writing.Guards;

/// <summary>
/// Leaves of a turn what the user says in their own name: quotations, code, logs, mails and what was pasted to be worked on are
/// blanked out with line breaks, so that every place keeps its number.
/// </summary>
internal static partial class OwnWords
{
    private static readonly Regex[] Foreign = [FencedCode(), InlineCode(), DoubleQuotes(), TypographicQuotes(), SingleQuotes(), QuotedLines(), CodeLines(), Mail(), Material(), Links()];

    public static string Of(string text)
    {
        var own = text.ToCharArray();
        foreach (var pattern in Foreign)
        {
            foreach (var match in pattern.EnumerateMatches(text))
            {
                own.AsSpan(match.Index, match.Length).Fill('\n');
            }
        }

        return new string(own);
    }

    [GeneratedRegex(@"```.*?(?:```|\z)", RegexOptions.Singleline)]
    private static partial Regex FencedCode();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex InlineCode();

    // One that is never closed takes the rest.
    [GeneratedRegex("\"[^\"]*(?:\"|\\z)")]
    private static partial Regex DoubleQuotes();

    [GeneratedRegex("[“„«][^“”»]*(?:[“”»]|\\z)")]
    private static partial Regex TypographicQuotes();

    [GeneratedRegex(@"(?<![\p{L}\p{N}])['‘](?=\p{L})[^'’\n]*(?:['’]\p{L}[^'’\n]*)*['’](?![\p{L}])")]
    private static partial Regex SingleQuotes();

    [GeneratedRegex(@"^[ \t]*[>|].*$", RegexOptions.Multiline)]
    private static partial Regex QuotedLines();

    // Lines that end as code does, begin as a log does, or hold what prose never does.
    [GeneratedRegex(@"^(?:.*[;{}]\s*|\s*(?:\d{4}-\d\d-\d\d[T ]\d|\[?(?:INFO|WARN|ERROR|DEBUG)\b|at \S+\(|[\w.-]+\s*[=:]\s*[\[{""]).*|.*(?:=>|==|\);|</?\w+>|\w\(\)).*)$", RegexOptions.Multiline)]
    private static partial Regex CodeLines();

    [GeneratedRegex(@"^(?:From|To|Subject|Sent|Date|Cc|Dear\b[^\n]*|Hi \p{Lu}\w+,$|Sehr geehrte)[^\n]*(?:\n.*)*\z", RegexOptions.Multiline)]
    private static partial Regex Mail();

    // What stands behind the colon of a request to work on a text, and behind a word that says that something is pasted.
    [GeneratedRegex(
        @"\b(?:translat\w*|correct\w*|rewrit\w*|rephras\w*|proofread\w*|summari[sz]\w*|shorten|polish|improve|turn (?:this|it|that|the)|(?:write|draft|make|put|compose)\b[^:.!?\n]*"
        + @"|past(?:e|ed|ing)\b|(?:stor(?:y|ies)|dialogue|scene|speech|verse|form)\b|work out\b|calculate\b|explain\b|give me\b|tell me\b|help me\b|i need (?:a|an|some)\b|here(?:'s| is| are)\b|following|exercise|the (?:text|mail|e-?mail|letter|post|ad|message|note|sentence|line) (?:is|says|goes|reads)|says|said|wrote|quote|lyrics?|poem|fix (?:this|my))\b[^:.!?\n]*:(?!\d)(?s:.*)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Material();

    [GeneratedRegex(@"https?://\S+|\S+@\S+\.\w+")]
    private static partial Regex Links();
}
