using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>The JSON object of a call as a grammar, written as models are shown it: <c>{"name": "x", "arguments": {...}}</c>.</summary>
internal static class CallShape
{
    private static readonly GbnfNode Space = GbnfNode.Text(" ").OrNothing();

    /// <param name="tool">The tool that is called.</param>
    /// <param name="key">The key of the arguments.</param>
    /// <param name="arguments">What they look like.</param>
    public static GbnfNode Of(AIFunctionDeclaration tool, string key, GbnfNode arguments) => GbnfNode.Join(
        GbnfNode.Text("{\"name\":"), Space, GbnfNode.Text($"\"{JsonEncodedText.Encode(tool.Name)}\","), Space, GbnfNode.Text($"\"{key}\":"), Space, arguments, GbnfNode.Text("}"));
}
