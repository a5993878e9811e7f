using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>
/// The format of Mistral's models since 7B v0.3 and before <c>[ARGS]</c> came: <c>[AVAILABLE_TOOLS]</c> with a list of definitions,
/// <c>[TOOL_CALLS]</c> with a list of calls, <c>[TOOL_RESULTS]</c> with a result. Source: the chat template of
/// mistralai/Mistral-7B-Instruct-v0.3.
/// </summary>
/// <remarks>
/// The template puts the definitions before the newest question, which would change the prompt behind it with every turn; here they
/// stand in the system text.
/// </remarks>
internal sealed class MistralToolFormat : ToolFormat
{
    internal const string MistralName = "mistral";

    private const string Calls = "[TOOL_CALLS]";

    public override string Name => MistralName;

    public override bool IsNative => true;

    internal override IReadOnlyList<string> Tags => [Calls, "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]", "[TOOL_RESULTS]", "[/TOOL_RESULTS]"];

    public override string Describe(IReadOnlyList<AIFunctionDeclaration> tools, ToolCalling calling = ToolCalling.Think) =>
        $"[AVAILABLE_TOOLS] [{string.Join(", ", tools.Select(ToolDefinition.Of))}][/AVAILABLE_TOOLS]";

    // From version 11 on, calls have another form.
    internal override bool IsKnownBy(string template) =>
        template.Contains("[AVAILABLE_TOOLS]", StringComparison.Ordinal) && template.Contains(Calls, StringComparison.Ordinal) && !template.Contains("[ARGS]", StringComparison.Ordinal);

    internal override GbnfNode Answer(CallRules rules, ToolOffer offer, GbnfNode? answer)
    {
        if (offer.Tools.Count == 0)
        {
            return answer ?? TextUntil.Build(rules.Grammar, Calls, next: null);
        }

        var space = GbnfNode.Text(" ").OrNothing();
        var call = rules.AnyOf(offer.Tools, (tool, arguments) => CallShape.Of(tool, "arguments", arguments));
        var more = offer.AllowsMany ? GbnfNode.Join(GbnfNode.Text(","), space, call).AnyTimes() : GbnfNode.Empty;
        var list = GbnfNode.Join(space, GbnfNode.Text("["), call, more, GbnfNode.Text("]"));
        return offer.IsRequired ? GbnfNode.Join(GbnfNode.Text(Calls), list)
            : answer is not null ? GbnfNode.OneOf(answer, GbnfNode.Join(GbnfNode.Text(Calls), list))
            : TextUntil.Build(rules.Grammar, Calls, list);
    }

    internal override CallParser Parse(ToolOffer offer) => new MarkedCallParser(Calls, close: null);

    internal override string WriteCalls(IEnumerable<FunctionCallContent> calls) => $"{Calls} [{string.Join(", ", calls.Select(call => CallJson.Write(call)))}]";

    internal override string WriteResults(IEnumerable<(string? Tool, string Text)> results) =>
        string.Concat(results.Select(result => $"[TOOL_RESULTS] {{\"content\": {JsonSerializer.Serialize(result.Text, CallJson.Spaced)}}}[/TOOL_RESULTS]"));
}
