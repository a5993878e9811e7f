using System.Text.Json;

namespace PersonalAi.Tools.Selection;

/// <summary>The words of tools: BM25 over names, descriptions, parameters and examples.</summary>
internal sealed class ToolWords
{
    // The usual constants of BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009).
    private const double Saturation = 1.2;
    private const double LengthWeight = 0.75;

    private const string AnyNumber = "##";

    private static readonly HashSet<string> Common =
    [
        "an", "and", "are", "as", "at", "be", "by", "can", "could", "do", "doe", "did", "for", "from", "give", "had", "has", "have", "he", "her", "his", "how", "if", "in", "into", "is", "it",
        "like", "me", "my", "need", "of", "on", "one", "or", "our", "out", "please", "she", "should", "so", "tell", "that", "the", "their", "them", "there", "they", "thi", "to", "us", "use",
        "want", "wa", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your", "about", "get", "let", "not", "but", "these", "those", "some", "any", "all", "just",
    ];

    private readonly Dictionary<string, int>[] _counts;
    private readonly Dictionary<string, int> _holders = new(StringComparer.Ordinal);
    private readonly double _meanLength;

    /// <param name="tools">The tools.</param>
    public ToolWords(IReadOnlyList<Tool> tools)
    {
        _counts = [.. tools.Select(tool => Split(TextOf(tool)).GroupBy(word => word, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal))];
        _meanLength = Math.Max(1, _counts.Average(count => count.Values.Sum()));
        foreach (var word in _counts.SelectMany(count => count.Keys))
        {
            _holders[word] = _holders.GetValueOrDefault(word) + 1;
        }
    }

    /// <summary>How much of a message's words each tool has, from 0 to nearly 1: its BM25 against that of a tool that had all of them.</summary>
    public double[] Scores(string message)
    {
        string[] words = [.. Split(message).Distinct(StringComparer.Ordinal)];
        var all = words.Sum(word => Weight(word) * (Saturation + 1));
        return [.. _counts.Select(count => all > 0 ? words.Sum(word => Score(word, count)) / all : 0)];
    }

    private double Score(string word, Dictionary<string, int> count)
    {
        var times = count.GetValueOrDefault(word);
        var length = 1 - LengthWeight + (LengthWeight * count.Values.Sum() / _meanLength);
        return times == 0 ? 0 : Weight(word) * times * (Saturation + 1) / (times + (Saturation * length));
    }

    private double Weight(string word)
    {
        var holders = _holders.GetValueOrDefault(word);
        return Math.Log(1 + ((_counts.Length - holders + 0.5) / (holders + 0.5)));
    }

    private static string TextOf(Tool tool) =>
        string.Join(' ', [tool.Name.Replace('_', ' '), tool.Description, .. ParametersOf(tool), .. tool.Examples]);

    private static IEnumerable<string> ParametersOf(Tool tool) =>
        tool.Function.JsonSchema is { ValueKind: JsonValueKind.Object } schema && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject().Select(property => property.Name)
            : [];

    private static IEnumerable<string> Split(string text)
    {
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            var isWord = at < text.Length && char.IsLetterOrDigit(text[at]);
            if (isWord && start < 0)
            {
                start = at;
            }
            else if (!isWord && start >= 0)
            {
                if (Stem(text[start..at].ToLowerInvariant()) is { Length: > 1 } word && !Common.Contains(word))
                {
                    yield return word;
                }

                start = -1;
            }
        }
    }

    // Numbers are one word: any of them asks for what other numbers ask for. Of endings, those in which a message differs from a description.
    private static string Stem(string word)
    {
        if (char.IsAsciiDigit(word[0]))
        {
            return AnyNumber;
        }

        foreach (var ending in (string[])["ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "es", "ed", "e", "s", "y"])
        {
            if (word.Length >= ending.Length + 3 && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return word[..^ending.Length];
            }
        }

        return word;
    }
}
