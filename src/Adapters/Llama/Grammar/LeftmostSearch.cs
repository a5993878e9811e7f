using System.Globalization;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>
/// Walks from each rule to all that it may begin with, as llama.cpp does when it looks for left recursion and when it starts on a
/// rule, and says before llama.cpp does whether that ends: it goes there by recursion, and through every way again that leads to
/// the same rule.
/// </summary>
internal sealed class LeftmostSearch(GbnfGrammar grammar)
{
    private const int MaxDepth = 2_000;
    private const long MaxBeginnings = 10_000;
    private const long MaxVisits = 1_000_000;

    private readonly Dictionary<string, Reach> _reached = [];
    private readonly HashSet<string> _open = [];

    /// <summary>The first rule found that may begin with itself, or null.</summary>
    /// <exception cref="ModelException">llama.cpp's own search would take too long or too deep a stack (<see cref="ModelError.Unsupported"/>).</exception>
    public string? FindLeftRecursion()
    {
        var visits = 0L;

        // Rules are named before those that they use: from the last to the first, what a rule uses is mostly known.
        foreach (var rule in grammar.Rules.Keys.Reverse())
        {
            var reach = Follow(rule, depth: 0);
            if (reach.Recursive is not null)
            {
                return reach.Recursive;
            }

            visits += reach.Visits;
            if (visits > MaxVisits)
            {
                throw TooManyWays();
            }
        }

        return null;
    }

    private Reach Follow(string rule, int depth)
    {
        if (_reached.TryGetValue(rule, out var known))
        {
            return known;
        }

        if (depth > MaxDepth)
        {
            throw TooManyWays();
        }

        if (!_open.Add(rule))
        {
            return new Reach(1, 1, rule);
        }

        var reach = new Reach(1, 1, null);
        foreach (var first in Beginnings(grammar.Rules[rule]))
        {
            reach = reach.Through(first is GbnfNode.Reference reference ? Follow(reference.Rule, depth + 1) : new Reach(1, 0, null));
            if (reach.Depth > MaxDepth || reach.Visits > MaxBeginnings)
            {
                throw TooManyWays();
            }
        }

        _open.Remove(rule);
        return _reached[rule] = reach;
    }

    private static IEnumerable<GbnfNode> Beginnings(GbnfNode node) => node switch
    {
        GbnfNode.Repetition repetition => Beginnings(repetition.Part),
        GbnfNode.Choice choice => choice.Alternatives.SelectMany(Beginnings),
        GbnfNode.Sequence sequence => FirstParts(sequence).SelectMany(Beginnings),
        _ => [node],
    };

    private static IEnumerable<GbnfNode> FirstParts(GbnfNode.Sequence sequence)
    {
        foreach (var part in sequence.Parts)
        {
            yield return part;
            if (part is not GbnfNode.Repetition { Min: 0 })
            {
                yield break;
            }
        }
    }

    private static ModelException TooManyWays() => SchemaRefusal.Schema(
        "#",
        string.Create(CultureInfo.InvariantCulture, $"has a value that can begin in more than {MaxBeginnings:N0} ways, or lies under {MaxDepth:N0} others; make it simpler"));

    private readonly record struct Reach(long Visits, int Depth, string? Recursive)
    {
        public Reach Through(Reach next) => new(Visits + next.Visits, Math.Max(Depth, next.Depth + 1), Recursive ?? next.Recursive);
    }
}
