using System.Globalization;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>Plays through the alternatives of a schema: which overlap, and which a reader could not tell apart in time.</summary>
internal sealed class ChoiceCheck
{
    // Choices beside one another multiply.
    private const int MaxCases = 5_000;
    private const int MaxNesting = 50;
    private const int MaxPairs = 100_000;

    private readonly SchemaReader _reader;
    private readonly GbnfGrammar _grammar;
    private readonly Disjointness _disjointness;
    private readonly SharedBeginning _beginnings;
    private readonly Dictionary<string, List<SchemaFacts>> _cases = [];
    private int _caseCount;
    private int _pairCount;

    public ChoiceCheck(SchemaReader reader, GbnfGrammar grammar)
    {
        (_reader, _grammar) = (reader, grammar);
        _disjointness = new Disjointness(reader);
        _beginnings = new SharedBeginning(reader, _disjointness);
    }

    /// <summary>Takes note of a rule that is a choice.</summary>
    /// <returns>What is known of a value in each case.</returns>
    /// <exception cref="ModelException">There are too many cases, or alternatives of a <c>oneOf</c> overlap (<see cref="ModelError.Unsupported"/>).</exception>
    public IReadOnlyList<SchemaFacts> Add(string rule, SchemaFacts facts) => _cases[rule] = [.. Cases(facts, depth: 0)];

    /// <summary>Refuses choices within choices whose readings would multiply in llama.cpp until it no longer answers.</summary>
    /// <param name="ruleOf">The rule of a value that holds others, or null.</param>
    /// <param name="pointers">Where the schemas of the rules stand.</param>
    public void RefuseManyReadings(Func<IReadOnlyList<LocatedSchema>, string?> ruleOf, IReadOnlyDictionary<string, string> pointers)
    {
        var readings = new OpenReadings(_grammar);
        foreach (var (rule, all) in _cases)
        {
            var cases = all.Where(each => each.Contradiction is null && each.Values is null).ToList();
            var shared = new HashSet<string>();
            var alike = new HashSet<int>();
            foreach (var (i, j) in Pairs(cases.Count))
            {
                var rules = _beginnings.Between(cases[i], cases[j]).Select(ruleOf).OfType<string>().ToList();
                shared.UnionWith(rules);
                alike.UnionWith(rules.Count > 0 ? [i, j] : []);
            }

            readings.Add(rule, Math.Max(1, alike.Count), shared);
        }

        if (readings.FindTooMany() is { } worst)
        {
            throw SchemaRefusal.Schema(
                pointers.GetValueOrDefault(worst, "#"),
                "has alternatives that begin alike and hold each other, which takes longer with every level; put first a property that tells them apart by its \"const\"");
        }
    }

    private IEnumerable<SchemaFacts> Cases(SchemaFacts facts, int depth)
    {
        if (++_caseCount > MaxCases || depth > MaxNesting)
        {
            throw TooMany();
        }

        if (facts.Choices.Count == 0 || facts.Contradiction is not null)
        {
            return [facts];
        }

        var choice = facts.Choices[0];
        var cases = choice.Alternatives
            .DistinctBy(alternative => _reader.Target(alternative).Pointer)
            .Select(alternative => Cases(_reader.Decide(facts, choice, alternative), depth + 1).ToList())
            .ToList();
        if (choice.Place.Keyword == "oneOf")
        {
            RefuseOverlap(choice, cases);
        }

        return cases.SelectMany(each => each);
    }

    private void RefuseOverlap(SchemaChoice choice, List<List<SchemaFacts>> cases)
    {
        foreach (var (i, j) in Pairs(cases.Count))
        {
            if (cases[i].Any(left => cases[j].Any(right => !_disjointness.Evident(left, right))))
            {
                throw SchemaRefusal.Keyword(
                    choice.Place.Keyword,
                    choice.Place.Pointer,
                    $"a value could meet alternative {i} and alternative {j} at once, so give each a required property with another \"const\", or use \"anyOf\"");
            }
        }
    }

    private IEnumerable<(int First, int Second)> Pairs(int count)
    {
        _pairCount += count * (count - 1) / 2;
        return _pairCount > MaxPairs
            ? throw TooMany()
            : Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(i + 1, count - i - 1).Select(j => (i, j)));
    }

    private static ModelException TooMany() => SchemaRefusal.Schema(
        "#", string.Create(CultureInfo.InvariantCulture, $"has more than {MaxCases:N0} combinations of alternatives, or {MaxPairs:N0} pairs of them to compare; make it simpler"));
}
