using System.Text;
using System.Text.RegularExpressions;

namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>A pattern for paths: <c>*</c> and <c>?</c> within a name, <c>**</c> across folders, <c>{a,b}</c> either. Without a slash it is for names at any depth.</summary>
internal sealed class Glob
{
    private readonly Regex _pattern;
    private readonly bool _isForNames;

    /// <exception cref="ToolException">The pattern is too long.</exception>
    public Glob(string pattern)
    {
        if (pattern.Length > 200)
        {
            throw new ToolException("The pattern is too long: give at most 200 characters.");
        }

        _isForNames = !pattern.Contains('/', StringComparison.Ordinal);
        _pattern = new Regex($"^{Translate(pattern)}$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <param name="relative">A path below the folder that is looked in, with slashes.</param>
    public bool Matches(string relative) => _pattern.IsMatch(_isForNames ? Path.GetFileName(relative) : relative);

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder();
        var open = 0;
        for (var index = 0; index < pattern.Length; index++)
        {
            switch (pattern[index])
            {
                case '*' when pattern.AsSpan(index).StartsWith("**/"):
                    regex.Append("(?:.*/)?");
                    index += 2;
                    break;
                case '*' when pattern.AsSpan(index).StartsWith("**"):
                    regex.Append(".*");
                    index++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '{' when pattern.AsSpan(index).Contains('}'):
                    regex.Append("(?:");
                    open++;
                    break;
                case ',' when open > 0:
                    regex.Append('|');
                    break;
                case '}' when open > 0:
                    regex.Append(')');
                    open--;
                    break;
                case var sign:
                    regex.Append(Regex.Escape(sign.ToString()));
                    break;
            }
        }

        return regex.Append(')', open).ToString();
    }
}
