using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Routing;

/// <summary>What is known on this machine of a turn that was answered, without asking any model about it.</summary>
/// <param name="Model">The model that answered.</param>
/// <param name="Kind">What kind of task it is.</param>
internal sealed record RouteSignals(string Model, TaskKind Kind)
{
    /// <summary>The facts in the window, by what their labels allow.</summary>
    public WindowLabels Labels { get; init; }

    /// <summary>The tokens of the prompt; null where the model was not reached.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>The context window in tokens.</summary>
    public int ContextTokens { get; init; }

    /// <summary>Whether a summary stands for older turns, since they do not fit.</summary>
    public bool IsShortened { get; init; }

    /// <summary>Whether the answer was cut at its longest.</summary>
    public bool IsCut { get; init; }

    /// <summary>How many calls of tools were made.</summary>
    public int ToolCalls { get; init; }

    /// <summary>How many of them failed; those that were denied did not fail.</summary>
    public int ToolFailures { get; init; }

    /// <summary>How sure the model was; null where that is not known.</summary>
    public AnswerConfidence? Confidence { get; init; }

    /// <summary>What the user thought of answers to like questions.</summary>
    public LikeThumbs Likes { get; init; }

    /// <summary>How long the answer took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How long it may take, all in all; null where there is no limit.</summary>
    public TimeSpan? TimeBudget { get; init; }
}

/// <summary>How many facts in the window have each label.</summary>
/// <param name="Never">Those that never leave the machine.</param>
/// <param name="Ask">Those that leave only where the user ticks them.</param>
/// <param name="Ok">Those that may.</param>
internal readonly record struct WindowLabels(int Never, int Ask, int Ok);

/// <summary>What the user thought of answers to like questions.</summary>
/// <param name="Good">How many they found good.</param>
/// <param name="Bad">How many bad.</param>
internal readonly record struct LikeThumbs(int Good, int Bad);
