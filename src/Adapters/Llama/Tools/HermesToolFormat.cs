using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>
/// The format of Hermes 2 Pro and of Qwen 2.5 and later: <c>&lt;tool_call&gt;</c>, a JSON object with <c>name</c> and <c>arguments</c>,
/// <c>&lt;/tool_call&gt;</c>; results come as a user's message between <c>&lt;tool_response&gt;</c> marks. Source: the chat templates of
/// Qwen/Qwen2.5-7B-Instruct and NousResearch/Hermes-2-Pro-Llama-3-8B.
/// </summary>
internal sealed class HermesToolFormat : ToolFormat
{
    internal const string HermesName = "hermes";

    private const string Open = "<tool_call>", Close = "</tool_call>";

    public override string Name => HermesName;

    public override bool IsNative => true;

    internal override IReadOnlyList<string> Tags => [Open, Close, "<tool_response>", "</tool_response>", "<tools>", "</tools>"];

    public override string Describe(IReadOnlyList<AIFunctionDeclaration> tools, ToolCalling calling = ToolCalling.Think) =>
        $$"""
        # Tools

        You may call one or more functions to assist with the user query.

        You are provided with function signatures within <tools></tools> XML tags:
        <tools>
        {{string.Join('\n', tools.Select(ToolDefinition.Of))}}
        </tools>

        For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:
        <tool_call>
        {"name": <function-name>, "arguments": <args-json-object>}
        </tool_call>
        """.ReplaceLineEndings("\n");

    internal override bool IsKnownBy(string template) =>
        template.Contains(Open, StringComparison.Ordinal) && template.Contains("<tools>", StringComparison.Ordinal) && template.Contains("arguments", StringComparison.Ordinal);

    internal override GbnfNode Answer(CallRules rules, ToolOffer offer, GbnfNode? answer)
    {
        if (offer.Tools.Count == 0)
        {
            return answer ?? TextUntil.Build(rules.Grammar, Open, next: null);
        }

        var body = GbnfNode.Join(
            GbnfNode.Text("\n"), rules.AnyOf(offer.Tools, (tool, arguments) => CallShape.Of(tool, "arguments", arguments)), GbnfNode.Text($"\n{Close}"));
        var more = GbnfNode.Join(GbnfNode.Text($"\n{Open}"), body).AnyTimes();
        var calls = offer.AllowsMany ? GbnfNode.Join(body, more) : body;
        return offer.IsRequired ? GbnfNode.Join(GbnfNode.Text(Open), calls)
            : answer is not null ? GbnfNode.OneOf(answer, GbnfNode.Join(GbnfNode.Text(Open), calls))
            : TextUntil.Build(rules.Grammar, Open, calls);
    }

    internal override CallParser Parse(ToolOffer offer) => new MarkedCallParser(Open, Close);

    internal override string WriteCalls(IEnumerable<FunctionCallContent> calls) =>
        string.Join('\n', calls.Select(call => $"{Open}\n{CallJson.Write(call)}\n{Close}"));

    internal override string WriteResults(IEnumerable<(string? Tool, string Text)> results) =>
        string.Join('\n', results.Select(result => $"<tool_response>\n{result.Text}\n</tool_response>"));
}
