using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>
/// The JSON format of Llama 3.1, 3.2 and 3.3: an answer that is one JSON object with <c>name</c> and <c>parameters</c> is a call, and
/// results come from the role <c>ipython</c>. One call an answer, as the models were trained. Source: Meta's
/// <c>llama_models/llama3_1/prompt_format.md</c> (JSON based tool calling) and the chat template of Llama-3.1-8B-Instruct.
/// </summary>
internal sealed class Llama3ToolFormat : ToolFormat
{
    internal const string Llama3Name = "llama-3";

    // The models put this before calls of tools that are built into them, and sometimes before others.
    private const string Python = "<|python_tag|>";

    private static readonly GbnfNode WhiteSpace = new GbnfNode.Characters(CharacterSet.Of((' ', ' '), ('\n', '\n'))).AnyTimes();

    public override string Name => Llama3Name;

    public override bool IsNative => true;

    internal override IReadOnlyList<string> Tags => [Python];

    internal override ChatRole ResultRole => new("ipython");

    public override string Describe(IReadOnlyList<AIFunctionDeclaration> tools, ToolCalling calling = ToolCalling.Think) =>
        $$"""
        You have access to the following functions. To call a function, please respond with JSON for a function call.
        Respond in the format {"name": function name, "parameters": dictionary of argument name and its value}. Do not use variables.

        {{string.Join("\n\n", tools.Select(ToolDefinition.Of))}}
        """.ReplaceLineEndings("\n");

    internal override bool IsKnownBy(string template) =>
        template.Contains("<|start_header_id|>", StringComparison.Ordinal) && template.Contains("ipython", StringComparison.Ordinal) && template.Contains("\"parameters\"", StringComparison.Ordinal);

    internal override GbnfNode Answer(CallRules rules, ToolOffer offer, GbnfNode? answer)
    {
        if (offer.Tools.Count == 0)
        {
            return answer ?? TextUntil.Build(rules.Grammar, Python, next: null);
        }

        var call = rules.AnyOf(offer.Tools, (tool, arguments) => CallShape.Of(tool, "parameters", arguments));
        if (offer.IsRequired)
        {
            return GbnfNode.Join(GbnfNode.Text(Python).OrNothing(), call);
        }

        var text = TextUntil.Build(rules.Grammar, Python, call);
        var first = new GbnfNode.Characters(TextUntil.AnyCharacter.Intersect(CharacterSet.Of([('{', '{'), ('<', '<'), (' ', ' '), ('\n', '\n')]).Complement()));
        var spoken = GbnfNode.OneOf(
            GbnfNode.Join(first, text),
            GbnfNode.Join(GbnfNode.Text("<"), new GbnfNode.Characters(TextUntil.AnyCharacter.Intersect(CharacterSet.Of('|').Complement())), text));
        return GbnfNode.Join(WhiteSpace, GbnfNode.OneOf(call, GbnfNode.Join(GbnfNode.Text(Python), call), answer ?? spoken));
    }

    internal override CallParser Parse(ToolOffer offer) => new MarkedCallParser(Python, close: null, begins: "{");

    internal override string WriteCalls(IEnumerable<FunctionCallContent> calls) => string.Join("; ", calls.Select(call => CallJson.Write(call, "parameters")));

    internal override string WriteResults(IEnumerable<(string? Tool, string Text)> results) => string.Join('\n', results.Select(result => result.Text));
}
