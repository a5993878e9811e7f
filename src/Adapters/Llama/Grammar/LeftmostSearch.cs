namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>
/// Walks from each rule to the rules that it may begin with, as llama.cpp does when it looks for left recursion, and says before
/// llama.cpp does whether that ends: it goes there by recursion, and through every way again that leads to the same rule.
/// </summary>
internal sealed class LeftmostSearch(GbnfGrammar grammar)
{
    private const int MaxDepth = 2_000;
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
                throw GbnfGrammar.TooLarge();
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
            throw GbnfGrammar.TooLarge();
        }

        if (!_open.Add(rule))
        {
            return new Reach(1, 1, rule);
        }

        var reach = new Reach(1, 1, null);
        foreach (var first in FirstReferences(grammar.Rules[rule]))
        {
            reach = reach.Through(Follow(first, depth + 1));
            if (reach.Depth > MaxDepth || reach.Visits > MaxVisits)
            {
                throw GbnfGrammar.TooLarge();
            }
        }

        _open.Remove(rule);
        return _reached[rule] = reach;
    }

    private static IEnumerable<string> FirstReferences(GbnfNode node) => node switch
    {
        GbnfNode.Reference reference => [reference.Rule],
        GbnfNode.Repetition repetition => FirstReferences(repetition.Part),
        GbnfNode.Choice choice => choice.Alternatives.SelectMany(FirstReferences),
        GbnfNode.Sequence sequence => FirstParts(sequence).SelectMany(FirstReferences),
        _ => [],
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

    private readonly record struct Reach(long Visits, int Depth, string? Recursive)
    {
        public Reach Through(Reach next) => new(Visits + next.Visits, Math.Max(Depth, next.Depth + 1), Recursive ?? next.Recursive);
    }
}
