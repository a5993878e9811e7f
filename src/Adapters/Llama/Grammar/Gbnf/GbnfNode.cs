namespace PersonalAi.Adapters.Llama.Grammar.Gbnf;

/// <summary>A part of the right side of a GBNF rule.</summary>
internal abstract record GbnfNode
{
    public static GbnfNode Empty { get; } = new Sequence([]);

    public static GbnfNode Text(string value) => value.Length == 0 ? Empty : new Literal(value);

    /// <summary>One part after the other; neighbouring literals become one.</summary>
    public static GbnfNode Join(params IEnumerable<GbnfNode> parts)
    {
        var joined = new List<GbnfNode>();
        foreach (var part in parts.SelectMany(part => part is Sequence sequence ? sequence.Parts : [part]))
        {
            if (part is Literal literal && joined.Count > 0 && joined[^1] is Literal before)
            {
                joined[^1] = new Literal(before.Value + literal.Value);
            }
            else
            {
                joined.Add(part);
            }
        }

        return joined.Count == 1 ? joined[0] : new Sequence(joined);
    }

    /// <summary>One of the alternatives, of which there is at least one.</summary>
    public static GbnfNode OneOf(params IEnumerable<GbnfNode> alternatives)
    {
        var flat = alternatives.SelectMany(part => part is Choice choice ? choice.Alternatives : [part]).ToList();
        return flat.Count == 1 ? flat[0] : new Choice(flat);
    }

    public GbnfNode OrNothing() => this is Sequence { Parts.Count: 0 } ? this : new Repetition(this, 0, 1);

    public GbnfNode AnyTimes() => new Repetition(this, 0, null);

    public sealed record Literal(string Value) : GbnfNode;

    public sealed record Characters(CharacterSet Set) : GbnfNode;

    public sealed record Reference(string Rule) : GbnfNode;

    public sealed record Sequence(IReadOnlyList<GbnfNode> Parts) : GbnfNode;

    public sealed record Choice(IReadOnlyList<GbnfNode> Alternatives) : GbnfNode;

    /// <summary>The same part from <paramref name="Min"/> to <paramref name="Max"/> times, without end where that is null.</summary>
    public sealed record Repetition(GbnfNode Part, int Min, int? Max) : GbnfNode;
}
