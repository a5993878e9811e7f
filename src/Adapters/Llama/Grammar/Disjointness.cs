using System.Text.Json;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>Tells whether no value that a grammar makes for one schema can be taken for one of another.</summary>
internal sealed class Disjointness(SchemaReader reader)
{
    private const int MaxDepth = 3;

    /// <summary>Whether it is evident that each keeps out what is made for the other.</summary>
    public bool Evident(SchemaFacts left, SchemaFacts right) => Excludes(left, right, MaxDepth) && Excludes(right, left, MaxDepth);

    private bool Excludes(SchemaFacts schema, SchemaFacts made, int depth)
    {
        if (schema.Contradiction is not null || made.Contradiction is not null)
        {
            return true;
        }

        var shared = Types(made) & (schema.Types ?? JsonTypes.All);
        if (schema.Values is not null)
        {
            var values = ValueList.Of(schema);
            if (made.Values is not null)
            {
                return !ValueList.Of(made).Any(value => values.Any(other => JsonElement.DeepEquals(value, other)));
            }

            shared &= values.Aggregate(JsonTypes.None, (types, value) => types | ValueList.TypesOf(value));
        }

        // Only objects tell themselves apart by more than their type.
        return shared == JsonTypes.None || (shared == JsonTypes.Object && depth > 0 && made is { Values: null, Choices.Count: 0 } && ExcludesObject(schema, made, depth));
    }

    private static JsonTypes Types(SchemaFacts made) => made.Values is null
        ? made.Choices.Count == 0 ? made.MadeTypes : made.Types ?? JsonTypes.All
        : ValueList.Of(made).Aggregate(JsonTypes.None, (types, value) => types | ValueList.TypesOf(value));

    private bool ExcludesObject(SchemaFacts schema, SchemaFacts made, int depth)
    {
        var madeShape = ObjectShape.Of(made);
        var madeNames = madeShape.Properties.ToDictionary(property => property.Name);
        if (madeShape.Additional is null && schema.Required.Any(name => !madeNames.ContainsKey(name)))
        {
            return true;
        }

        return schema.Objects.SelectMany(part => part.Properties).Any(property =>
            madeNames.TryGetValue(property.Key, out var member)
            && member.Required
            && Excludes(reader.Read([property.Value]), reader.Read(member.Schemas), depth - 1));
    }
}
