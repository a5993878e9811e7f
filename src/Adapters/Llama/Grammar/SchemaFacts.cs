using System.Text.Json;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>The kinds of value that a schema speaks of.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Object = 1,
    Array = 2,
    String = 4,
    Number = 8,
    Integer = 16,
    Boolean = 32,
    Null = 64,
    All = Object | Array | String | Number | Integer | Boolean | Null,
}

/// <summary>A keyword that was read, and where.</summary>
internal readonly record struct KeywordPlace(string Keyword, string Pointer);

/// <summary>A number that values may not pass, or not reach where it is exclusive.</summary>
internal sealed record NumberBound(decimal Value, bool Exclusive, KeywordPlace Place);

/// <summary>What one schema says about the members of objects.</summary>
internal sealed record ObjectPart(IReadOnlyDictionary<string, LocatedSchema> Properties, LocatedSchema? Additional);

/// <summary>What one schema says about the items of arrays.</summary>
internal sealed record ArrayPart(IReadOnlyList<LocatedSchema> Prefix, LocatedSchema? Rest);

/// <summary>Alternatives of which a value must meet one.</summary>
/// <param name="Place">Where they stand, under <c>anyOf</c> or <c>oneOf</c>.</param>
/// <param name="Owners">The schemas that have this choice as a part.</param>
/// <param name="Alternatives">At least one.</param>
internal sealed record SchemaChoice(KeywordPlace Place, IReadOnlyList<string> Owners, IReadOnlyList<LocatedSchema> Alternatives);

/// <summary>
/// What is known of one value after every schema that applies to it was read: each schema adds to it and can only make it
/// narrower. Alternatives are kept aside until a reader decides for one, on a copy.
/// </summary>
internal sealed record SchemaFacts
{
    /// <summary>Null while no schema named a type.</summary>
    public JsonTypes? Types { get; set; }

    /// <summary>The values allowed by <c>enum</c> and <c>const</c>, or null.</summary>
    public IReadOnlyList<JsonElement>? Values { get; set; }

    /// <summary>Why no value can meet all this, or null.</summary>
    public string? Contradiction { get; set; }

    public long MinLength { get; set; }

    public long? MaxLength { get; set; }

    public string? Pattern { get; set; }

    public string? Format { get; set; }

    public NumberBound? Lower { get; set; }

    public NumberBound? Upper { get; set; }

    public decimal? MultipleOf { get; set; }

    public long MinItems { get; set; }

    public long? MaxItems { get; set; }

    public bool ClosedItems { get; set; }

    public long MinProperties { get; set; }

    public long? MaxProperties { get; set; }

    public bool ClosedProperties { get; set; }

    public LocatedSchema? PropertyNames { get; set; }

    /// <summary>In the order in which they were first named.</summary>
    public List<string> Required { get; private init; } = [];

    public List<ObjectPart> Objects { get; private init; } = [];

    public List<ArrayPart> Arrays { get; private init; } = [];

    public List<SchemaChoice> Choices { get; private init; } = [];

    /// <summary>Every keyword that says something, with the place where it was first read.</summary>
    public Dictionary<string, string> Keywords { get; private init; } = [];

    /// <summary>The schemas that were read, by pointer, so that none is read twice.</summary>
    public HashSet<string> Read { get; private init; } = [];

    /// <summary>The schemas that are not read to their end: one that leads back to them leads nowhere.</summary>
    public HashSet<string> Open { get; private init; } = [];

    /// <summary>The types of the values that a grammar makes: where no schema named one, those that its keywords speak of.</summary>
    public JsonTypes MadeTypes => Types ?? KeywordTypes switch
    {
        JsonTypes.None => JsonTypes.All,
        var types => types,
    };

    private JsonTypes KeywordTypes => Keywords.Keys.Aggregate(JsonTypes.None, (types, keyword) => types | SchemaKeywords.TypesOf(keyword));

    public KeywordPlace Place(string keyword) => new(keyword, Keywords[keyword]);

    public SchemaFacts Copy() => this with
    {
        Required = [.. Required],
        Objects = [.. Objects],
        Arrays = [.. Arrays],
        Choices = [.. Choices],
        Keywords = new Dictionary<string, string>(Keywords),
        Read = [.. Read],
        Open = [.. Open],
    };
}
