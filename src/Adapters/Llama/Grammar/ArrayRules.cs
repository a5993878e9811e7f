namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>Arrays: items with a schema each at the front, then items of one schema, within bounds.</summary>
internal sealed class ArrayRules(GbnfGrammar grammar, JsonRules json, SchemaCompiler compiler)
{
    private const int MaxPrefix = 500;

    public GbnfNode Build(SchemaFacts facts, string name)
    {
        var prefix = Prefix(facts, name);
        var rest = Rest(facts, name);
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

    private List<GbnfNode> Prefix(SchemaFacts facts, string name)
    {
        var count = facts.Arrays.Select(part => part.Prefix.Count).DefaultIfEmpty().Max();
        if (count > MaxPrefix)
        {
            throw SchemaRefusal.Keyword("prefixItems", facts.Keywords.GetValueOrDefault("prefixItems", "#"), $"use at most {MaxPrefix} entries");
        }

        var items = new List<GbnfNode>();
        for (var i = 0; i < count && compiler.ValueOf(SchemasAt(facts, i), $"{name}-{i + 1}") is { } item; i++)
        {
            items.Add(item);
        }

        return items;
    }

    private static List<LocatedSchema> SchemasAt(SchemaFacts facts, int index) => [.. facts.Arrays
        .Select(part => index < part.Prefix.Count ? part.Prefix[index] : part.Rest)
        .Where(schema => schema is not null)
        .Select(schema => schema!.Value)];

    // As with properties: a schema that lists items means these, and says so where it takes more.
    private GbnfNode? Rest(SchemaFacts facts, string name)
    {
        var schemas = facts.Arrays.Where(part => part.Rest is not null).Select(part => part.Rest!.Value).ToList();
        var closed = schemas.Count == 0 && (facts.ClosedItems || facts.Arrays.Any(part => part.Prefix.Count > 0));
        return closed ? null : compiler.ValueOf(schemas, $"{name}-item");
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
