using System.Globalization;
using System.Text.RegularExpressions;

namespace PersonalAi.Assistant.Bench.Routing;

/// <summary>What can be counted in a prompt without knowing what it says.</summary>
internal static partial class PromptShape
{
    private static readonly Regex[] Marks =
    [
        HowMany(), HowMuch(), What(), Which(), Why(), Negation(), Comparison(), Fraction(), Percent(), Money(), TimeUnit(), Condition(), Choice(), Code(), Formula(), Each(), Total(), Left(),
    ];

    /// <summary>How many figures there are.</summary>
    public static int Count { get; } = Of("").Length;

    /// <summary>The figures of a prompt; logarithms of counts, so that none is far off.</summary>
    public static double[] Of(string prompt)
    {
        var words = Word().Matches(prompt).Select(match => match.Value).ToList();
        double[] numbers = [.. Number().Matches(prompt).Select(match => Value(match.Value))];
        return
        [
            Log(prompt.Length),
            Log(words.Count),
            Log(Sentence().Count(prompt)),
            Log(prompt.Count(c => c == '\n')),
            words.Count == 0 ? 0 : words.Average(word => (double)word.Length),
            words.Count == 0 ? 0 : words.Distinct(StringComparer.OrdinalIgnoreCase).Count() / (double)words.Count,
            words.Count == 0 ? 0 : words.Count(word => char.IsUpper(word[0])) / (double)words.Count,
            prompt.Length == 0 ? 0 : prompt.Count(c => c > 127) / (double)prompt.Length,
            Log(numbers.Length),
            Log(numbers.Distinct().Count()),
            numbers.Length == 0 ? 0 : Math.Log10(1 + numbers.Max()),
            Log(numbers.Count(number => number != Math.Floor(number))),
            .. Marks.Select(mark => Log(mark.Count(prompt))),
        ];
    }

    private static double Log(int count) => Math.Log(1 + count);

    private static double Value(string number) =>
        double.TryParse(number.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;

    [GeneratedRegex(@"\p{L}[\p{L}\p{M}'’]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\d[\d,]*(?:\.\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"[.!?]+(?:\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\bhow many\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HowMany();

    [GeneratedRegex(@"\bhow much\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HowMuch();

    [GeneratedRegex(@"\bwhat\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex What();

    [GeneratedRegex(@"\b(?:which|who|whom|whose|where|when)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Which();

    [GeneratedRegex(@"\b(?:why|explain|because)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Why();

    [GeneratedRegex(@"\b(?:not|no|never|none|without|except|false|incorrect)\b|n['’]t\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Negation();

    [GeneratedRegex(@"\b(?:more|less|fewer|greater|longer|older|younger|times|than)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Comparison();

    [GeneratedRegex(@"\b(?:half|third|quarter|fifth|tenth|twice|double|triple)\b|\d/\d", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"%|\bpercent", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Percent();

    [GeneratedRegex(@"[$€£]|\b(?:dollars?|cents?|euros?|price|costs?|pays?|paid)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Money();

    [GeneratedRegex(@"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TimeUnit();

    [GeneratedRegex(@"\b(?:if|unless|suppose|assume|given|when)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Condition();

    [GeneratedRegex(@"^\s*\(?[A-E][.):]\s", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Choice();

    [GeneratedRegex(@"[{};]|```|\bdef \b|=>", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@"[=+*^√∑∫≤≥]|\\\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Formula();

    [GeneratedRegex(@"\b(?:each|every|per|apiece)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Each();

    [GeneratedRegex(@"\b(?:total|altogether|together|combined|in all|sum|average)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Total();

    [GeneratedRegex(@"\b(?:left|remain\w*|rest|still|need\w*)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Left();
}
