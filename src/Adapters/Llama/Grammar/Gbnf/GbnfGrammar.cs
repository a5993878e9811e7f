using System.Globalization;
using System.Text;

namespace PersonalAi.Adapters.Llama.Grammar.Gbnf;

/// <summary>
/// The rules of one grammar, in the order in which they were named. It keeps clear of what llama.cpp's parser does badly: it writes
/// every repetition out, it refuses 2,000 of them or takes more for no bound at all, and its search for left recursion visits a
/// rule once for every way that leads to it.
/// </summary>
internal sealed class GbnfGrammar
{
    /// <summary>More rules than this, repetitions written out, and the grammar is refused.</summary>
    private const int MaxExpandedRules = 50_000;

    /// <summary>More symbols than this, repetitions written out, and the grammar is refused.</summary>
    private const int MaxExpandedSymbols = 1_000_000;

    private const int MaxRepetitions = 1_000;
    private const int MaxNameLength = 48;

    private readonly Dictionary<string, GbnfNode> _rules = [];
    private readonly List<string> _order = [];
    private readonly Dictionary<string, int> _lastNumbers = [];
    private readonly Dictionary<string, GbnfNode> _shared = [];

    public IReadOnlyDictionary<string, GbnfNode> Rules => _rules;

    /// <summary>Takes a name for a rule that is defined later: the hint where it is free, else with a number after it.</summary>
    public GbnfNode.Reference Reserve(string hint)
    {
        var stem = Sanitize(hint);
        var name = stem;
        while (!_rules.TryAdd(name, GbnfNode.Empty))
        {
            var number = _lastNumbers[stem] = _lastNumbers.GetValueOrDefault(stem, 1) + 1;
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
        }

        _order.Add(name);
        if (_order.Count > MaxExpandedRules)
        {
            throw TooLarge();
        }

        return new GbnfNode.Reference(name);
    }

    public void Define(GbnfNode.Reference rule, GbnfNode body) => _rules[rule.Rule] = body;

    /// <summary>A rule for this body, the same one for the same body.</summary>
    public GbnfNode Share(string hint, GbnfNode body)
    {
        var text = GbnfText.Write(body);
        if (!_shared.TryGetValue(text, out var rule))
        {
            var reserved = Reserve(hint);
            Define(reserved, body);
            _shared[text] = rule = reserved;
        }

        return rule;
    }

    /// <summary>Takes all rules of another grammar, under names of their own.</summary>
    /// <param name="other">The other grammar.</param>
    /// <param name="prefix">What the names begin with.</param>
    /// <returns>Its first rule.</returns>
    public GbnfNode.Reference Include(GbnfGrammar other, string prefix)
    {
        var names = other._order.ToDictionary(name => name, name => Reserve(prefix + name));
        foreach (var (name, body) in other._rules)
        {
            Define(names[name], Rename(body, names));
        }

        return names[other._order[0]];
    }

    /// <summary>
    /// The same part from <paramref name="min"/> to <paramref name="max"/> times, without end where that is null. Large counts become
    /// blocks of 1,000, so that the grammar grows with the root of the count and llama.cpp never has more than a few readings open.
    /// </summary>
    public GbnfNode Repeat(GbnfNode part, long min, long? max)
    {
        if (part is not (GbnfNode.Reference or GbnfNode.Characters or GbnfNode.Literal { Value.Length: 1 }))
        {
            part = Share("part", part);
        }

        return max switch
        {
            null when min <= MaxRepetitions => new GbnfNode.Repetition(part, (int)min, null),
            null => GbnfNode.Join(Exactly(part, min), part.AnyTimes()),
            1 when min == 1 => part,
            <= MaxRepetitions => max == 0 ? GbnfNode.Empty : new GbnfNode.Repetition(part, (int)min, (int)max),
            _ => GbnfNode.Join(Exactly(part, min), UpTo(part, max.Value - min)),
        };
    }

    /// <summary>The grammar as text, <c>root</c> first.</summary>
    /// <exception cref="ModelException">It is too large (<see cref="ModelError.Unsupported"/>).</exception>
    public string Write()
    {
        var cost = _rules.Values.Select(GbnfCost.Of).Aggregate(new GbnfCost(_rules.Count, 0), (sum, next) => sum + next);
        if (cost.Rules > MaxExpandedRules || cost.Symbols > MaxExpandedSymbols)
        {
            throw TooLarge();
        }

        var text = new StringBuilder();
        foreach (var name in _order)
        {
            text.Append(name).Append(" ::= ").Append(GbnfText.Write(_rules[name])).Append('\n');
        }

        return text.ToString();
    }

    private static ModelException TooLarge() => new(
        ModelError.Unsupported,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The JSON schema needs a grammar of more than {MaxExpandedRules:N0} rules or {MaxExpandedSymbols:N0} symbols; make it smaller."));

    private GbnfNode Exactly(GbnfNode part, long count)
    {
        if (count <= MaxRepetitions)
        {
            return count == 0 ? GbnfNode.Empty : Repeat(part, count, count);
        }

        return GbnfNode.Join(Exactly(Block(part), count / MaxRepetitions), Exactly(part, count % MaxRepetitions));
    }

    private GbnfNode UpTo(GbnfNode part, long count)
    {
        if (count <= MaxRepetitions)
        {
            return Repeat(part, 0, count);
        }

        var (blocks, rest) = Math.DivRem(count, MaxRepetitions);
        return GbnfNode.OneOf(
            GbnfNode.Join(UpTo(Block(part), blocks - 1), Repeat(part, 0, MaxRepetitions - 1)),
            GbnfNode.Join(Exactly(Block(part), blocks), Repeat(part, 0, rest)));
    }

    private GbnfNode Block(GbnfNode part) =>
        Share($"{(part as GbnfNode.Reference)?.Rule ?? "part"}-x{MaxRepetitions}", new GbnfNode.Repetition(part, MaxRepetitions, MaxRepetitions));

    private static GbnfNode Rename(GbnfNode node, Dictionary<string, GbnfNode.Reference> names) => node switch
    {
        GbnfNode.Reference reference => names[reference.Rule],
        GbnfNode.Sequence sequence => new GbnfNode.Sequence([.. sequence.Parts.Select(part => Rename(part, names))]),
        GbnfNode.Choice choice => new GbnfNode.Choice([.. choice.Alternatives.Select(part => Rename(part, names))]),
        GbnfNode.Repetition repetition => repetition with { Part = Rename(repetition.Part, names) },
        _ => node,
    };

    private static string Sanitize(string hint)
    {
        var name = new string([.. hint.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
        return name.Length switch
        {
            0 => "rule",
            > MaxNameLength => name[..MaxNameLength].TrimEnd('-'),
            _ => name,
        };
    }
}
