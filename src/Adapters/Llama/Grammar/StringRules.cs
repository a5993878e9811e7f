using PersonalAi.Adapters.Llama.Grammar.Gbnf;
using PersonalAi.Adapters.Llama.Grammar.Patterns;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>Strings of a bounded length, a pattern or a format.</summary>
internal sealed class StringRules(GbnfGrammar grammar, JsonRules json)
{
    public GbnfNode Build(SchemaFacts facts)
    {
        if (facts.MaxLength < facts.MinLength)
        {
            throw SchemaRefusal.Invalid("maxLength", facts.Keywords["maxLength"], $"is {facts.MaxLength}, less than \"minLength\" {facts.MinLength}; correct one of them");
        }

        if (facts.Pattern is not null && facts.Format is not null)
        {
            throw SchemaRefusal.Keyword("pattern", facts.Keywords["pattern"], $"the format \"{facts.Format}\" stands beside it; keep one of them");
        }

        if (facts.Pattern is { } pattern)
        {
            return Match("pattern", pattern, facts.Place("pattern"), facts);
        }

        return facts.Format is { } format
            ? Match(format, StringFormats.PatternOf(format), facts.Place("format"), facts)
            : OfLength(facts.MinLength, facts.MaxLength);
    }

    private GbnfNode OfLength(long min, long? max) => min == 0 && max is null
        ? json.String
        : grammar.Share($"string-{min}-{(max is null ? "up" : max)}", JsonRules.InQuotes(grammar.Repeat(json.Character, min, max)));

    private GbnfNode Match(string name, string pattern, KeywordPlace place, SchemaFacts facts)
    {
        var node = Clip(PatternParser.Parse(pattern, place), place, facts);
        return grammar.Share(name, JsonRules.InQuotes(Build(node)));
    }

    private GbnfNode Build(PatternNode node) => node switch
    {
        PatternNode.Character { Set: var set } => ReferenceEquals(set, CharacterSet.All) ? json.Character : JsonText.CharacterOf(set),
        PatternNode.Sequence sequence => GbnfNode.Join(sequence.Parts.Select(Build)),
        PatternNode.Choice choice => GbnfNode.OneOf(choice.Alternatives.Select(Build)),
        PatternNode.Repetition repetition => grammar.Repeat(Build(repetition.Part), repetition.Min, repetition.Max),
        _ => throw new InvalidOperationException($"There is no grammar for {node.GetType().Name}."),
    };

    // A length beside a pattern holds where the pattern implies it, or where one repetition of single characters can take it up.
    private static PatternNode Clip(PatternNode node, KeywordPlace place, SchemaFacts facts)
    {
        if (node.MinLength >= facts.MinLength && (facts.MaxLength is null || node.MaxLength <= facts.MaxLength))
        {
            return node;
        }

        var parts = Flatten(node).ToList();
        var variable = parts.FindIndex(part => part.MaxLength != part.MinLength);
        if (variable < 0 || parts.Count(part => part.MaxLength != part.MinLength) > 1 || parts[variable] is not PatternNode.Repetition { Part.MaxLength: 1 } repetition)
        {
            var keyword = node.MinLength < facts.MinLength ? "minLength" : "maxLength";
            throw SchemaRefusal.Keyword(keyword, facts.Keywords[keyword], $"write the length into the {place.Keyword} beside it");
        }

        var rest = parts.Sum(part => part.MinLength) - repetition.MinLength;
        var min = Math.Max(repetition.Min, facts.MinLength - rest);
        var max = facts.MaxLength is { } limit ? Math.Min(repetition.Max ?? long.MaxValue, limit - rest) : repetition.Max;
        if (max < min)
        {
            throw SchemaRefusal.Invalid(place.Keyword, place.Pointer, "allows no string of the length that is demanded beside it; correct one of them");
        }

        parts[variable] = new PatternNode.Repetition(repetition.Part, min, max);
        return new PatternNode.Sequence(parts);
    }

    private static IEnumerable<PatternNode> Flatten(PatternNode node) => node is PatternNode.Sequence sequence ? sequence.Parts.SelectMany(Flatten) : [node];
}
