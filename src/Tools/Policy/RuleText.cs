using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace PersonalAi.Tools.Policy;

/// <summary>Reads rules: a decision, then words in any order. A value with blanks stands in single quotes, in which two are one.</summary>
internal static class RuleText
{
    private const string Tainted = "tainted";
    private const string Conditions = "risk:, source:, face:, path=, host=, args=, args.NAME= and tainted";

    // The order in which conditions are written.
    private static readonly ImmutableArray<string> Order = ["", "risk:", "source:", "face:", "path=", "host=", "args=", "args."];

    public static bool TryRead(string text, [NotNullWhen(true)] out ToolRule? rule, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            (rule, problem) = (Read(text), null);
            return true;
        }
        catch (FormatException error)
        {
            (rule, problem) = (null, error.Message);
            return false;
        }
    }

    private static ToolRule Read(string text)
    {
        if (text.Any(char.IsControl))
        {
            throw new FormatException("A rule is one line without control characters.");
        }

        if (WordsOf(text) is not [var first, .. var words])
        {
            throw new FormatException("A rule is empty; write one like 'allow read_file path=~/notes/**'.");
        }

        var decision = first switch
        {
            "allow" => PolicyDecision.Allow,
            "ask" => PolicyDecision.Ask,
            "deny" => PolicyDecision.Deny,
            _ => throw new FormatException($"'{first}' in the rule '{text}' is not a decision; begin with allow, ask or deny."),
        };
        var conditions = ConditionsOf(words, text);
        var rule = new ToolRule(decision, conditions, words.Contains(Tainted));
        RefuseTooWide(rule, text);
        return rule;
    }

    private static ImmutableArray<RuleCondition> ConditionsOf(List<string> words, string text)
    {
        var conditions = words.Where(word => word != Tainted).Select(word => ConditionOf(word, text)).ToList();
        if (conditions.Count == 0)
        {
            throw new FormatException($"The rule '{text}' says of no call what it decides; name a tool, or give * for all.");
        }

        if (conditions.GroupBy(condition => condition.Key).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new FormatException(twice.Key.Length == 0
                ? $"'{twice.Last().Value}' in the rule '{text}' is a second tool; write a rule for each."
                : $"'{twice.Key}' stands twice in the rule '{text}'; write a rule for each.");
        }

        return
        [
            .. conditions
                .OrderBy(condition => Order.IndexOf(condition is ArgumentCondition ? "args." : condition.Key))
                .ThenBy(condition => condition.Key, StringComparer.Ordinal),
        ];
    }

    private static RuleCondition ConditionOf(string word, string text)
    {
        var end = word.AsSpan().IndexOfAny(':', '=') + 1;
        var (key, value) = (word[..end], Unquoted(word[end..], text));
        return key switch
        {
            "" when value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '*') => new ToolCondition(value),
            "risk:" => new RiskCondition(OneOf(word, value, text, "a risk", Enum.GetValues<ToolRisk>().Select(PolicyWords.ToWord))),
            "face:" => new FaceCondition(OneOf(word, value, text, "a face", Enum.GetValues<ToolFace>().Select(PolicyWords.ToWord))),
            "source:" when value.Length > 0 => new SourceCondition(value),
            "path=" when PathCondition.IsPattern(value) => new PathCondition(value),
            "path=" => throw new FormatException($"'{word}' in the rule '{text}' is not a pattern of paths; begin it with /, ~/ or **/."),
            "host=" => new HostCondition(HostCondition.Normalise(value)
                ?? throw new FormatException($"'{word}' in the rule '{text}' is not a pattern of hosts; give a host, *. and a host, or * alone.")),
            "args=" => new ArgumentsCondition(value),
            ['a', 'r', 'g', 's', '.', .. { Length: > 1 } name] when name.EndsWith('=') => new ArgumentCondition(name[..^1], value),
            _ => throw new FormatException($"'{word}' in the rule '{text}' is neither a tool nor a condition; conditions are {Conditions}."),
        };
    }

    private static void RefuseTooWide(ToolRule rule, string text)
    {
        if (!rule.IsForTainted)
        {
            return;
        }

        if (rule.Decision != PolicyDecision.Allow)
        {
            throw new FormatException($"'{Tainted}' in the rule '{text}' belongs to allow; ask and deny hold for every window.");
        }

        if (!rule.NamesCall && !rule.Conditions.Any(condition => condition is HostCondition { IsNamed: true } or PathCondition { IsNamed: true }))
        {
            throw new FormatException(
                $"'{Tainted}' in the rule '{text}' needs a destination: a host like host=example.org, a folder like path=~/notes/**, or a tool with all its arguments.");
        }
    }

    private static string OneOf(string word, string value, string text, string kind, IEnumerable<string> words) => words.Contains(value)
        ? value
        : throw new FormatException($"'{word}' in the rule '{text}' is not {kind}; there are {string.Join(", ", words)}.");

    private static string Unquoted(string value, string text)
    {
        if (!value.StartsWith('\''))
        {
            return value;
        }

        return value.Length > 1 && value.EndsWith('\'') && value[1..^1].Replace("''", "", StringComparison.Ordinal) is var inner && !inner.Contains('\'', StringComparison.Ordinal)
            ? value[1..^1].Replace("''", "'", StringComparison.Ordinal)
            : throw new FormatException($"{value} in the rule {text} has a quote too few or too many; within quotes write '' for one.");
    }

    // A quote that begins a value keeps blanks together until it ends; elsewhere it is a letter.
    private static List<string> WordsOf(string text)
    {
        List<string> words = [];
        var (start, quoted) = (-1, false);
        for (var i = 0; i < text.Length; i++)
        {
            var isQuote = text[i] == '\'';
            if (quoted)
            {
                // Two quotes are one that does not end the value.
                var isDouble = isQuote && i + 1 < text.Length && text[i + 1] == '\'';
                quoted = !isQuote || isDouble;
                i += isDouble ? 1 : 0;
            }
            else if (!char.IsWhiteSpace(text[i]))
            {
                quoted = isQuote && start >= 0 && text.AsSpan(start, i - start).IndexOfAny(':', '=') == i - start - 1;
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                words.Add(text[start..i]);
                start = -1;
            }
        }

        return start < 0 ? words : [.. words, text[start..]];
    }
}
