using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>
/// Takes an answer apart while it comes: what is meant for the user is text, everything else that the model wrote is reasoning, and each
/// call is given once it is whole. Text and reasoning together are exactly what the model wrote.
/// </summary>
internal abstract class CallParser
{
    /// <summary>Whether a call was begun and is not whole.</summary>
    public abstract bool IsInsideCall { get; }

    /// <summary>Takes the next piece.</summary>
    public abstract IEnumerable<AIContent> Push(string piece);

    /// <summary>Takes note that no more comes.</summary>
    public abstract IEnumerable<AIContent> Finish();

    private protected static IEnumerable<AIContent> Reasoning(string text) => text.Length > 0 ? [new TextReasoningContent(text)] : [];

    private protected static IEnumerable<AIContent> Text(string text) => text.Length > 0 ? [new TextContent(text)] : [];
}
