using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace PersonalAi.Tools.BuiltIn.Web;

/// <summary>What the styles within a page say about elements, as far as it can hide them.</summary>
/// <remarks>Sheets elsewhere are not fetched. Rules for print and for narrow windows, and selectors with pseudo-classes, are passed over.</remarks>
internal sealed partial class StyleSheet
{
    private const int MostRules = 5_000, MostMatches = 200_000;

    private readonly Dictionary<string, List<Rule>> _byKey = new(StringComparer.OrdinalIgnoreCase);
    private int _rules;
    private int _matches;

    /// <summary>Reads the text of a <c>style</c> element.</summary>
    public void Add(string css) => AddRules(Comment().Replace(css, " "));

    /// <summary>The declarations that hold for an element: those of the page, then its own; the more specific and later ones win.</summary>
    public Dictionary<string, string> DeclarationsOf(IElement element)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var rule in KeysOf(element).SelectMany(key => _byKey.GetValueOrDefault(key, [])).OrderBy(rule => (rule.Weight, rule.Order)))
        {
            if (_matches < MostMatches && Matches(element, rule))
            {
                Declarations.Read(rule.Declarations, result);
            }
        }

        Declarations.Read(element.GetAttribute("style") ?? "", result);
        return result;
    }

    private static IEnumerable<string> KeysOf(IElement element) =>
        [element.LocalName, .. element.Id is { Length: > 0 } id ? [$"#{id}"] : Array.Empty<string>(), .. element.ClassList.Select(name => $".{name}"), "*"];

    private bool Matches(IElement element, Rule rule)
    {
        _matches++;
        return element.Matches(rule.Selector);
    }

    // Blocks of at-rules stand around rules; what lies within those that hold on a wide screen is read like the rest.
    private void AddRules(string css)
    {
        var at = 0;
        while (css.IndexOf('{', at) is >= 0 and var open && _rules < MostRules)
        {
            var head = css[at..open].Trim();
            var close = EndOf(css, open);
            var body = css[(open + 1)..close];
            if (head.StartsWith('@') && AlwaysHolds().IsMatch(head))
            {
                AddRules(body);
            }
            else if (!head.StartsWith('@') && Declarations.MayHide(body))
            {
                AddRule(head, body);
            }

            at = Math.Min(close + 1, css.Length);
        }
    }

    private void AddRule(string selectors, string body)
    {
        foreach (var selector in selectors.Split(',', StringSplitOptions.TrimEntries).Where(selector => Plain().IsMatch(selector)))
        {
            var last = selector.Split([' ', '>', '+', '~'], StringSplitOptions.RemoveEmptyEntries)[^1];
            var rule = new Rule(selector, body, (selector.Count(sign => sign == '#') * 100) + (selector.Count(sign => sign is '.' or '[') * 10), _rules++);
            var key = Key().Match(last).Value is { Length: > 0 } found ? found : "*";
            if (!_byKey.TryAdd(key, [rule]))
            {
                _byKey[key].Add(rule);
            }
        }
    }

    private static int EndOf(string css, int open)
    {
        var depth = 0;
        for (var index = open; index < css.Length; index++)
        {
            depth += css[index] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return index;
            }
        }

        return css.Length;
    }

    [GeneratedRegex(@"/\*.*?(\*/|$)", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^@(supports|layer|media\s+(only\s+)?(screen|all)\s*)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex AlwaysHolds();

    [GeneratedRegex(@"^[\w\s.#>+~*\-]{1,200}$", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();

    [GeneratedRegex(@"[.#]?[\w-]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Key();

    private sealed record Rule(string Selector, string Declarations, int Weight, int Order);
}
