namespace PersonalAi.Adapters.Llama.Grammar.Gbnf;

/// <summary>What llama.cpp makes of a node when it writes repetitions and groups out as rules of their own.</summary>
/// <param name="Rules">Rules beside the one that holds the node.</param>
/// <param name="Symbols">Characters, ranges and references in all of them.</param>
internal readonly record struct GbnfCost(long Rules, long Symbols)
{
    public static GbnfCost operator +(GbnfCost left, GbnfCost right) => new(left.Rules + right.Rules, left.Symbols + right.Symbols);

    public static GbnfCost Of(GbnfNode node) => node switch
    {
        GbnfNode.Literal literal => new GbnfCost(0, literal.Value.Length),
        GbnfNode.Characters characters => new GbnfCost(0, 2L * characters.Set.Ranges.Count),
        GbnfNode.Sequence sequence => Sum(sequence.Parts),
        GbnfNode.Choice choice => Sum(choice.Alternatives) + new GbnfCost(1, choice.Alternatives.Count),
        GbnfNode.Repetition repetition => OfRepetition(repetition),
        _ => new GbnfCost(0, 1),
    };

    private static GbnfCost Sum(IEnumerable<GbnfNode> nodes) => nodes.Select(Of).Aggregate(default(GbnfCost), (sum, next) => sum + next);

    private static GbnfCost OfRepetition(GbnfNode.Repetition repetition)
    {
        // x{2,5} becomes x x r3, r3 ::= x r2 | , r2 ::= x r1 | , r1 ::= x | .
        var part = Of(repetition.Part);
        var optional = repetition.Max is { } max ? max - repetition.Min : 1;
        return new GbnfCost(part.Rules + optional + 1, ((repetition.Min + optional) * (part.Symbols + 1)) + (3L * optional));
    }
}
