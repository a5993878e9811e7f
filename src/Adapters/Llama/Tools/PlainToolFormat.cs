using System.Text;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>
/// Our own format, for models that were trained with none: a line of thought, then a line that says which tool, with the arguments as
/// JSON, or <c>none</c> before the answer.
/// </summary>
internal sealed class PlainToolFormat : ToolFormat
{
    internal const string PlainName = "plain";
    internal const string Thought = "Thought: ";
    internal const string Trigger = "Action: ";
    internal const string None = "none";

    private const int MostThought = 120;

    // A small model that repeats itself must come to an end.
    private const int MostCalls = 8;

    private static readonly CharacterSet Line = CharacterSet.Of((' ', 0x10FFFF));

    public override string Name => PlainName;

    public override bool IsNative => false;

    internal override string CallLine => Trigger;

    public override string Describe(IReadOnlyList<AIFunctionDeclaration> tools, ToolCalling calling = ToolCalling.Think)
    {
        ArgumentNullException.ThrowIfNull(tools);
        var text = new StringBuilder("You can use these tools:\n");
        foreach (var tool in tools)
        {
            text.Append(ToolSignature.Of(tool)).Append('\n');
        }

        var first = calling == ToolCalling.Think ? "Begin with one line \"Thought: ...\" that says which tool fits. Then write" : "Begin with";
        return text
            .Append(first)
            .Append(" \"Action: \" and the tool's name and its arguments, like: Action: ")
            .Append(tools.Count > 0 ? ToolSignature.Example(tools[0]) : "tool_name {\"argument\": \"value\"}")
            .Append('\n')
            .Append("If no tool fits the question, write \"Action: none\", and on the next line your answer.")
            .ToString();
    }

    internal override GbnfNode Answer(CallRules rules, ToolOffer offer, GbnfNode? answer)
    {
        // Where nothing can be called there is nothing to think about.
        var thought = offer.Calling == ToolCalling.Think && offer.Tools.Count > 0
            ? GbnfNode.Join(GbnfNode.Text(Thought), new GbnfNode.Repetition(new GbnfNode.Characters(Line), 1, MostThought), GbnfNode.Text("\n"))
            : GbnfNode.Empty;
        return GbnfNode.Join(thought, GbnfNode.Text(Trigger), GbnfNode.OneOf(Ways(rules, offer, answer)));
    }

    internal override CallParser Parse(ToolOffer offer) => offer.Calling == ToolCalling.Free ? new FreeCallParser(offer) : new PlainCallParser(offer);

    internal override string WriteCalls(IEnumerable<FunctionCallContent> calls) =>
        string.Join('\n', calls.Select(call => $"{Trigger}{call.Name} {CallJson.WriteArguments(call)}"));

    internal override string WriteResults(IEnumerable<(string? Tool, string Text)> results) =>
        string.Join('\n', results.Select(result => $"Result of {result.Tool ?? "the tool"}: {result.Text}"));

    private static IEnumerable<GbnfNode> Ways(CallRules rules, ToolOffer offer, GbnfNode? answer)
    {
        if (!offer.IsRequired || offer.Tools.Count == 0)
        {
            yield return GbnfNode.Join(GbnfNode.Text($"{None}\n"), answer ?? rules.Text);
        }

        if (offer.Tools.Count > 0)
        {
            var call = rules.AnyOf(offer.Tools, (tool, arguments) => GbnfNode.Join(GbnfNode.Text($"{tool.Name} "), arguments));
            var more = GbnfNode.Join(GbnfNode.Text($"\n{Trigger}"), call);
            yield return offer.AllowsMany ? GbnfNode.Join(call, rules.Grammar.Repeat(more, 0, MostCalls - 1)) : call;
        }
    }
}
