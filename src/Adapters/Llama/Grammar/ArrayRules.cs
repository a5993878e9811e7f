using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>Arrays: items with a schema each at the front, then items of one schema, within bounds.</summary>
internal sealed class ArrayRules(GbnfGrammar grammar, JsonRules json, SchemaCompiler compiler)
{
    private const int MaxPrefix = 500;

    public GbnfNode Build(SchemaFacts facts, string name)
    {
        var shape = ArrayShape.Of(facts);
        var prefix = Prefix(facts, shape, name);
        var rest = shape.Rest is { } schemas && prefix.Count == shape.Prefix.Count ? compiler.ValueOf(schemas, $"{name}-item") : null;
        var max = rest is null ? Math.Min(facts.MaxItems ?? long.MaxValue, prefix.Count) : facts.MaxItems;
        if (max < facts.MinItems)
        {
            throw SchemaRefusal.Invalid("minItems", facts.Keywords["minItems"], $"is {facts.MinItems}, but there can be {max} at most; correct it");
        }

        if (facts.Keywords.TryGetValue("uniqueItems", out var pointer) && max is null or > 1)
        {
            throw SchemaRefusal.Keyword("uniqueItems", pointer);
        }

        return GbnfNode.Join(GbnfNode.Text("["), Inside(prefix, rest, facts.MinItems, max, name), GbnfNode.Text("]"));
    }

    private List<GbnfNode> Prefix(SchemaFacts facts, ArrayShape shape, string name)
    {
        if (shape.Prefix.Count > MaxPrefix)
        {
            throw SchemaRefusal.Keyword("prefixItems", facts.Keywords.GetValueOrDefault("prefixItems", facts.Keywords["items"]), $"use at most {MaxPrefix} entries");
        }

        var items = new List<GbnfNode>();
        for (var i = 0; i < shape.Prefix.Count && compiler.ValueOf(shape.Prefix[i], $"{name}-{i + 1}") is { } item; i++)
        {
            items.Add(item);
        }

        return items;
    }

    private GbnfNode Inside(List<GbnfNode> prefix, GbnfNode? rest, long min, long? max, string name)
    {
        if (max == 0)
        {
            return GbnfNode.Empty;
        }

        if (prefix.Count == 0)
        {
            var items = GbnfNode.Join(rest!, Following(rest!, Math.Max(min - 1, 0), max - 1, name));
            return min == 0 ? items.OrNothing() : items;
        }

        var count = (int)Math.Min(prefix.Count, max ?? long.MaxValue);
        var tail = rest is null || max <= count ? GbnfNode.Empty : Following(rest, Math.Max(min - count, 0), max - count, name);
        for (var i = count - 1; i >= 0; i--)
        {
            tail = GbnfNode.Join(i == 0 ? GbnfNode.Empty : json.Comma, prefix[i], tail);
            tail = i < min ? tail : tail.OrNothing();
        }

        return tail;
    }

    private GbnfNode Following(GbnfNode item, long min, long? max, string name)
    {
        var following = GbnfNode.Join(json.Comma, item);
        return grammar.Repeat(max is null && min == 0 ? following : grammar.Share($"{name}-more", following), min, max);
    }
}
