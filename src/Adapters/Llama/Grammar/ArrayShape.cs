namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>The items of an array, put together from all schemas that speak of it.</summary>
/// <param name="Prefix">The schemas of each of the first items.</param>
/// <param name="Rest">What all further items must meet, or null where there are none.</param>
internal sealed record ArrayShape(IReadOnlyList<IReadOnlyList<LocatedSchema>> Prefix, IReadOnlyList<LocatedSchema>? Rest)
{
    public static ArrayShape Of(SchemaFacts facts)
    {
        var count = facts.Arrays.Select(part => part.Prefix.Count).DefaultIfEmpty().Max();
        var rest = facts.Arrays.Where(part => part.Rest is not null).Select(part => part.Rest!.Value).ToList();

        // As with properties: a schema that lists items means these, and says so where it takes more.
        var closed = rest.Count == 0 && (facts.ClosedItems || count > 0);
        return new ArrayShape([.. Enumerable.Range(0, count).Select(i => SchemasAt(facts, i))], closed ? null : rest);
    }

    public IReadOnlyList<LocatedSchema>? At(int index) => index < Prefix.Count ? Prefix[index] : Rest;

    private static List<LocatedSchema> SchemasAt(SchemaFacts facts, int index) => [.. facts.Arrays
        .Select(part => index < part.Prefix.Count ? part.Prefix[index] : part.Rest)
        .Where(schema => schema is not null)
        .Select(schema => schema!.Value)];
}
