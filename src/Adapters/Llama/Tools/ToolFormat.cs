using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>How a model is told of tools, how it calls them, and how it is given their results.</summary>
public abstract class ToolFormat
{
    private const string MarkupKey = "tool_markup";
    private const string UncheckedKey = "arguments_unchecked";

    private protected ToolFormat()
    {
    }

    /// <summary>The name by which it is found again; see <see cref="ToolFormats"/>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the model was trained with it.</summary>
    public abstract bool IsNative { get; }

    /// <summary>The text that explains tools to the model.</summary>
    /// <param name="tools">The tools, in the order in which they are listed.</param>
    /// <param name="calling">How the model will be held to the form of a call.</param>
    public abstract string Describe(IReadOnlyList<AIFunctionDeclaration> tools, ToolCalling calling = ToolCalling.Think);

    /// <summary>
    /// Such a text as a part of a message, in which the control tokens of the format mean what they say; in any other part of a message
    /// they are text.
    /// </summary>
    /// <param name="tools">The tools.</param>
    /// <param name="calling">How the model will be held to the form of a call.</param>
    public TextContent DescribeInMessage(IReadOnlyList<AIFunctionDeclaration> tools, ToolCalling calling = ToolCalling.Think) => InMessage(Describe(tools, calling));

    /// <inheritdoc cref="DescribeInMessage"/>
    /// <param name="description">What <see cref="Describe"/> wrote.</param>
    public static TextContent InMessage(string description) =>
        new(description) { AdditionalProperties = new AdditionalPropertiesDictionary { [MarkupKey] = true } };

    /// <summary>
    /// Whether the arguments of a call may not meet the schema of its tool, because the model was not held to it or because no grammar
    /// can hold it: who makes the call must look.
    /// </summary>
    public static bool IsUnchecked(FunctionCallContent call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.AdditionalProperties?.ContainsKey(UncheckedKey) == true;
    }

    /// <summary>Whether a chat template, as Jinja source, writes calls in this format.</summary>
    internal virtual bool IsKnownBy(string template) => false;

    /// <summary>What a line begins with that is a call; null where calls are no lines.</summary>
    internal virtual string? CallLine => null;

    /// <summary>The texts that mean something to the model and that a message must not spell; those that are control tokens are tokens where the format writes them.</summary>
    internal virtual IReadOnlyList<string> Tags => [];

    /// <summary>The grammar of a whole answer.</summary>
    /// <param name="rules">Takes its rules.</param>
    /// <param name="offer">What may be called.</param>
    /// <param name="answer">What an answer that calls nothing looks like; null for any text.</param>
    internal abstract GbnfNode Answer(CallRules rules, ToolOffer offer, GbnfNode? answer);

    /// <summary>Takes the text of an answer apart while it comes.</summary>
    internal abstract CallParser Parse(ToolOffer offer);

    /// <summary>Calls as the model would have written them.</summary>
    internal abstract string WriteCalls(IEnumerable<FunctionCallContent> calls);

    /// <summary>Who says a result.</summary>
    internal virtual ChatRole ResultRole => ChatRole.User;

    /// <summary>Results as the model is given them, each with the name of its tool where it is known.</summary>
    internal abstract string WriteResults(IEnumerable<(string? Tool, string Text)> results);

    internal static void MarkUnchecked(FunctionCallContent call, IReadOnlySet<string> tools)
    {
        if (tools.Contains(call.Name))
        {
            (call.AdditionalProperties ??= [])[UncheckedKey] = true;
        }
    }

    internal static bool IsMarkup(AIContent content) => content.AdditionalProperties?.ContainsKey(MarkupKey) == true;
}
