using Microsoft.Extensions.AI;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Chat;

/// <summary>What the user asks for, and how it shall be answered.</summary>
/// <param name="Session">The session it belongs to.</param>
/// <param name="Text">The user's words.</param>
internal sealed record ChatTurn(SessionId Session, string Text)
{
    /// <summary>What the model is told before the conversation.</summary>
    public string Instructions { get; init; } = "";

    /// <summary>What is known of the user, as it was when the session began; it stands after the instructions.</summary>
    public string CoreMemory { get; init; } = "";

    /// <summary>Whether memories are recalled for it, and it may become one.</summary>
    public bool UsesMemory { get; init; } = true;

    /// <summary>What every prompt of the session begins with.</summary>
    public string Preamble => CoreMemory.Length == 0 ? Instructions : $"{Instructions}\n\n{CoreMemory}".Trim();

    /// <summary>How tokens are chosen, and how many at most.</summary>
    public required SamplingOptions Sampling { get; init; }

    /// <summary>How long it may take, all in all; null where there is no limit.</summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>The form of the answer: free text, or JSON with a schema.</summary>
    public ChatResponseFormat? Format { get; init; }

    /// <summary>A turn to try again: this one becomes its sibling.</summary>
    public TurnId? InsteadOf { get; init; }

    /// <summary>Continues the text as it stands: no template, no instructions, no history.</summary>
    public bool Raw { get; init; }

    /// <summary>The names of the tools that it may use; null for all that the rules allow, empty for none.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>Whether tools can be called: text that is only continued, and JSON in a given form, leave no place for it.</summary>
    public bool TakesTools => !Raw && Format is null && Tools is not [];

    /// <inheritdoc cref="NewTurn.OwnLength"/>
    public int? OwnLength { get; init; }

    /// <summary>Where the text comes from that the user did not type; empty where there is none.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];
}
