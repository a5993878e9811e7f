using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Finds types and functions in source code of any language that is indented, by keywords, parentheses and indentation.</summary>
internal static partial class CodeDefinitions
{
    private const int LongestLine = 400;
    private const int TabWidth = 4;

    /// <summary>The definitions with the comments and attributes above them; where one has ended without another, a section without title.</summary>
    public static ImmutableArray<Section> Of(ImmutableArray<SourceLine> lines)
    {
        var sections = ImmutableArray.CreateBuilder<Section>();
        var open = new Stack<(int Indent, bool Titled)>();
        var attached = -1;
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].Text;
            var text = line.Length <= LongestLine ? line.Trim() : "";
            if (text.Length == 0 || Closing().IsMatch(text))
            {
                attached = text.Length == 0 ? -1 : attached;
                continue;
            }

            if (Attached().IsMatch(text))
            {
                attached = attached < 0 ? index : attached;
                continue;
            }

            var indent = IndentOf(line);
            var title = TitleOf(text, Following(lines, index));
            if (title is not null || (open.TryPeek(out var top) && top.Titled && indent <= top.Indent))
            {
                while (open.TryPeek(out var above) && above.Indent >= indent)
                {
                    open.Pop();
                }

                open.Push((indent, title is not null));
                sections.Add(new(attached < 0 ? index : attached, open.Count, title ?? ""));
            }

            attached = -1;
        }

        return sections.ToImmutable();
    }

    private static string? TitleOf(string text, string following)
    {
        if (Keyword().Match(text) is { Success: true } keyword)
        {
            return keyword.Groups["name"].Value.TrimEnd(':', '.');
        }

        var opensBody = text.EndsWith('{') || text.Contains("=>", StringComparison.Ordinal) || (following.StartsWith('{') && !text.EndsWith(';'));
        return opensBody && !Statement().IsMatch(text) && Function().Match(text) is { Success: true } function ? function.Groups["name"].Value : null;
    }

    private static string Following(ImmutableArray<SourceLine> lines, int index) => index + 1 < lines.Length ? lines[index + 1].Text.TrimStart() : "";

    private static int IndentOf(string line)
    {
        var indent = 0;
        foreach (var sign in line)
        {
            if (!char.IsWhiteSpace(sign))
            {
                break;
            }

            indent += sign == '\t' ? TabWidth : 1;
        }

        return indent;
    }

    // What ends or goes on with the definition above it.
    [GeneratedRegex(@"^(?:[\])}{;,]+|end\b|else\b|elif\b|except\b|finally\b|catch\b|rescue\b|fi\b|done\b|esac\b|where\b|:\s|#(?:if|else|elif|endif|region|endregion|pragma)\b)", RegexOptions.NonBacktracking)]
    private static partial Regex Closing();

    // Comments, attributes and decorators, which belong to the definition below them.
    [GeneratedRegex(@"^(?://|/\*|\*|#|--|;;|@\w|\[[A-Za-z@]|%%|template\s*<)", RegexOptions.NonBacktracking)]
    private static partial Regex Attached();

    [GeneratedRegex(@"^(?:(?:public|private|protected|internal|static|sealed|abstract|partial|final|open|override|virtual|readonly|export|default|async|pub(?:\([a-z ]+\))?|unsafe|extern|inline|const|data|local|declare|ref|file|fileprivate|suspend|typedef)\s+)*(?:class|struct|interface|enum|record(?:\s+(?:struct|class))?|namespace|module|trait|impl(?:<[^>]*>)?|protocol|extension|object|union|func|fn|fun|function\*?|def|sub|procedure|proc|macro_rules!|type|CREATE\s+(?:OR\s+REPLACE\s+)?(?:TABLE|VIEW|FUNCTION|PROCEDURE|TRIGGER|INDEX))\s+(?:\([^)]*\)\s*)?(?:self\.)?(?<name>[\p{L}_$][\w$.:]*)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Keyword();

    [GeneratedRegex(@"^(?:if|for|foreach|while|switch|catch|return|do|try|using|lock|else|await|yield|throw|new|fixed|when|match|case|unless|until|with)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Statement();

    // A name with parameters: 'int Count(string text) {', 'render() {', 'const sum = (a, b) => {'.
    [GeneratedRegex(@"^(?:(?:const|let|var)\s+(?<name>[\p{L}_$][\w$]*)\s*=\s*(?:async\s*)?(?:\([^)]*\)|\w+)\s*=>|(?:[\w$<>\[\]?,.*&:~]+\s+)*[*&]*(?<name>[\p{L}_$~][\w$:~]*)\s*(?:<[^>(]*>)?\([^;=]*\))", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Function();
}
