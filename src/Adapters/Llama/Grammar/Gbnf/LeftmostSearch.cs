using System.Globalization;

namespace PersonalAi.Adapters.Llama.Grammar.Gbnf;

/// <summary>
/// Walks from each rule to all that it may begin with, as llama.cpp does when it looks for left recursion and when it starts on a
/// rule, and says before llama.cpp does whether that ends soon: it goes there by recursion, and through every way again that leads
/// to the same rule.
/// </summary>
internal sealed class LeftmostSearch
{
    private const int MaxDepth = 2_000;
    private const long MaxBeginnings = 3_000;
    private const long MaxVisits = 1_000_000;

    private readonly GbnfGrammar _grammar;
    private readonly Dictionary<string, (long Beginnings, int Depth)> _reached = [];

    private LeftmostSearch(GbnfGrammar grammar) => _grammar = grammar;

    /// <exception cref="ModelException">llama.cpp's own search would take too long or too deep a stack (<see cref="ModelError.Unsupported"/>).</exception>
    public static void RefuseUnlessShort(GbnfGrammar grammar)
    {
        var search = new LeftmostSearch(grammar);

        // Rules are named before those that they use: from the last to the first, what a rule uses is mostly known.
        var visits = grammar.Rules.Keys.Reverse().Sum(rule => search.Follow(rule, depth: 0).Beginnings);
        if (visits > MaxVisits)
        {
            throw TooMany();
        }
    }

    private (long Beginnings, int Depth) Follow(string rule, int depth)
    {
        if (_reached.TryGetValue(rule, out var known))
        {
            return known;
        }

        var (beginnings, deepest) = (1L, depth > MaxDepth ? throw TooMany() : 0);
        foreach (var beginning in Beginnings(_grammar.Rules[rule]))
        {
            var next = beginning is GbnfNode.Reference reference ? Follow(reference.Rule, depth + 1) : (Beginnings: 1, Depth: 0);
            (beginnings, deepest) = (beginnings + next.Beginnings, Math.Max(deepest, next.Depth + 1));
            if (beginnings > MaxBeginnings || deepest > MaxDepth)
            {
                throw TooMany();
            }
        }

        return _reached[rule] = (beginnings, deepest);
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

    private static ModelException TooMany() => SchemaRefusal.Schema(
        "#",
        string.Create(CultureInfo.InvariantCulture, $"has a value that can begin in more than {MaxBeginnings:N0} ways, or after {MaxDepth:N0} optional ones; make it simpler"));
}
