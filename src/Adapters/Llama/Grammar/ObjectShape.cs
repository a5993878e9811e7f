namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>A property and every schema that speaks of its value.</summary>
internal sealed record ObjectProperty(string Name, bool Required, IReadOnlyList<LocatedSchema> Schemas);

/// <summary>The members of an object, put together from all schemas that speak of it.</summary>
/// <param name="Properties">In the order in which they were declared, those that are only required last.</param>
/// <param name="Additional">What the values of other properties must meet, or null where there are none.</param>
internal sealed record ObjectShape(IReadOnlyList<ObjectProperty> Properties, IReadOnlyList<LocatedSchema>? Additional)
{
    private readonly HashSet<string> _names = [.. Properties.Select(property => property.Name)];

    public static ObjectShape Of(SchemaFacts facts)
    {
        var required = facts.Required.ToHashSet();
        var names = facts.Objects.SelectMany(part => part.Properties.Keys).Concat(facts.Required).Distinct().ToList();
        var additional = facts.Objects.Where(part => part.Additional is not null).Select(part => part.Additional!.Value).ToList();

        // A schema that names properties means these; one that also takes others says so.
        var closed = additional.Count == 0 && (names.Count > 0 || facts.ClosedProperties);
        return new ObjectShape(
            [.. names.Select(name => new ObjectProperty(name, required.Contains(name), SchemasOf(name, facts)))],
            closed ? null : additional);
    }

    public bool Declares(string name) => _names.Contains(name);

    private static List<LocatedSchema> SchemasOf(string name, SchemaFacts facts) => [.. facts.Objects
        .Select(part => part.Properties.TryGetValue(name, out var schema) ? schema : part.Additional)
        .Where(schema => schema is not null)
        .Select(schema => schema!.Value)];
}
