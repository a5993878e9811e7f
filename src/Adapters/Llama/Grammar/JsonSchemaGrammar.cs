using System.Text.Json;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>
/// Compiles JSON Schema to GBNF, the only grammar notation that llama.cpp's C interface takes, so that whatever a model writes
/// under the grammar, and ends, validates against the schema.
/// </summary>
/// <remarks>
/// <para>Every text that a grammar admits is valid; not every valid text is admitted:</para>
/// <list type="bullet">
/// <item>White space is one optional space after a colon or a comma, and none elsewhere: a model cannot run away in it.</item>
/// <item>Properties come in the order of <c>properties</c>, those that only <c>required</c> names last.</item>
/// <item>An object with <c>properties</c> or <c>required</c> takes no others unless <c>additionalProperties</c> (true or a schema)
/// says so; then they come last, and their keys have no escapes. An array with <c>prefixItems</c> takes no more unless
/// <c>items</c> says so. Keys that are not declared may repeat.</item>
/// <item>Without <c>type</c>, the value is of the types that the other keywords speak of; without any keyword it is anything, its
/// objects and arrays nested up to 16 deep.</item>
/// <item>Integers have at most 15 digits unless <c>minimum</c> or <c>maximum</c> opens the 64-bit range; numbers have at most 15
/// before and after the point and two in the exponent. Bounds of numbers that are no integers must be whole.</item>
/// <item>Control characters are escaped, half surrogate pairs never written. Lengths count code points, an escape for one.</item>
/// <item><c>pattern</c> and <c>format</c> match the whole of ECMA-262's regular part: no look-around, no back-references, no word
/// boundaries, no Unicode properties, anchors only round the whole.</item>
/// <item><c>oneOf</c> is taken where its alternatives are evidently disjoint: by type, by listed values, or by required properties.</item>
/// <item>Alternatives that hold one another must be told apart before they do, best by a <c>const</c> that comes first: llama.cpp keeps
/// every reading open that is still possible, and they would multiply with each level.</item>
/// </list>
/// <para>
/// Annotations (<c>title</c>, <c>description</c>, <c>default</c>, <c>examples</c>, <c>x-...</c> and the like) are skipped; every
/// other keyword is enforced or the schema is refused, and so is one that is wrong, endless or too large: at most 100,000 values,
/// 128 levels, and a grammar of 50,000 rules.
/// </para>
/// <para>Sources: JSON Schema 2020-12 with the older forms of tuples and exclusive bounds, and <c>grammars/README.md</c> of llama.cpp.</para>
/// </remarks>
internal static class JsonSchemaGrammar
{
    private static readonly Lazy<string> AnyMembers = new(() => CompileText("""{"type":"object"}"""));

    /// <summary>A grammar for any JSON object, which is what <c>response_format: json_object</c> promises.</summary>
    public static string AnyObject => AnyMembers.Value;

    /// <summary>A grammar, its first rule <c>root</c>, for the values that meet a schema.</summary>
    /// <param name="schema">A JSON schema: an object, or true.</param>
    /// <exception cref="ModelException">
    /// The schema is invalid, too large, or holds a keyword that a grammar cannot enforce (<see cref="ModelError.Unsupported"/>);
    /// the message names the keyword and its place as a JSON pointer.
    /// </exception>
    public static string Compile(JsonElement schema) => SchemaCompiler.Compile(schema);

    private static string CompileText(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return Compile(document.RootElement);
    }
}
