using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Grammar;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>The rules of a grammar of calls, in which each tool's arguments have their own.</summary>
/// <param name="enforcesSchemas">Whether arguments must meet their schemas; else they are any object.</param>
internal sealed class CallRules(bool enforcesSchemas = true)
{
    /// <summary>The schema of any object.</summary>
    public static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"object"}""");

    // What an object without properties may still be made of.
    private static readonly string[] Shaping = ["properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties", "$ref", "allOf", "anyOf", "oneOf", "enum", "const", "if", "not"];

    private readonly Dictionary<string, GbnfNode> _arguments = [];
    private readonly HashSet<string> _unchecked = [];

    /// <summary>Takes all rules.</summary>
    public GbnfGrammar Grammar { get; } = new();

    /// <summary>The tools whose schemas no grammar can enforce: their arguments are any object, to be checked by who makes the call.</summary>
    public IReadOnlySet<string> Unchecked => _unchecked;

    /// <summary>Any text of at least one character.</summary>
    public GbnfNode Text => Grammar.Share("text", new GbnfNode.Repetition(new GbnfNode.Characters(TextUntil.AnyCharacter), 1, null));

    /// <summary>One call of any of the tools.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="write">Puts the quoted name and the arguments of a call together.</param>
    public GbnfNode AnyOf(IReadOnlyList<AIFunctionDeclaration> tools, Func<AIFunctionDeclaration, GbnfNode, GbnfNode> write) =>
        Grammar.Share("call", GbnfNode.OneOf(tools.Select(tool => write(tool, ArgumentsOf(tool)))));

    /// <summary>The JSON object of the arguments of a tool.</summary>
    private GbnfNode ArgumentsOf(AIFunctionDeclaration tool)
    {
        if (!_arguments.TryGetValue(tool.Name, out var arguments))
        {
            _arguments[tool.Name] = arguments = TakesNothing(tool.JsonSchema) ? GbnfNode.Text("{}") : Grammar.Include(Compile(tool), $"{tool.Name}-");
        }

        return arguments;
    }

    private GbnfGrammar Compile(AIFunctionDeclaration tool)
    {
        try
        {
            if (enforcesSchemas)
            {
                return SchemaCompiler.Build(OnlyObjects(tool.JsonSchema));
            }
        }
        catch (ModelException)
        {
            // Other people's schemas may hold what no grammar can: such a tool must not end the turn.
        }

        _unchecked.Add(tool.Name);
        return SchemaCompiler.Build(AnyObject);
    }

    // Arguments are an object even where a schema forgets to say so.
    private static JsonElement OnlyObjects(JsonElement schema) => schema.ValueKind == JsonValueKind.Object ? schema : AnyObject;

    private static bool TakesNothing(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && !Shaping.Any(keyword => schema.TryGetProperty(keyword, out var value) && !IsEmpty(value));

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False => true,
        JsonValueKind.Object => !value.EnumerateObject().MoveNext(),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };
}
