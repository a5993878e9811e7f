namespace PersonalAi.Memory.Conversations;

/// <summary>What did each step of a turn, and why. No word of what was said is in it.</summary>
/// <param name="Steps">The steps that there were, the answer last.</param>
public sealed record TurnRoute(IReadOnlyList<RoutedStep> Steps)
{
    /// <summary>How sure the model was of the answer; null where that is not known.</summary>
    public AnswerConfidence? Confidence { get; init; }
}

/// <summary>A step of a turn, and what did it.</summary>
/// <param name="Step">The step, such as <c>answer</c> or <c>tool_choice</c>.</param>
/// <param name="Capability">What did it, such as <c>rule</c> or <c>main_local_model</c>.</param>
/// <param name="Reasons">Why, each a clause without capital and full stop.</param>
public sealed record RoutedStep(string Step, string Capability, IReadOnlyList<string> Reasons)
{
    /// <summary>A sentence that proposes to ask elsewhere; null where nothing is proposed. Nothing was sent to find out.</summary>
    public string? Suggestion { get; init; }
}

/// <summary>How sure a model was of an answer, over the tokens that it had a choice of.</summary>
/// <param name="Tokens">How many tokens that were.</param>
/// <param name="MeanLogProbability">The mean natural logarithm of their probabilities, 0 at most.</param>
/// <param name="MeanMargin">The mean distance in probability of the likeliest token from the second, from 0 to 1.</param>
/// <param name="LowestMargin">The least such distance.</param>
public sealed record AnswerConfidence(int Tokens, double MeanLogProbability, double MeanMargin, double LowestMargin)
{
    /// <summary>The probability that the user finds the answer good, as calibrated on their own thumbs; null where that was not possible.</summary>
    public double? Probability { get; init; }
}

/// <summary>What the user thinks of an answer.</summary>
/// <param name="IsGood">Whether it was good.</param>
/// <param name="At">When they said so last.</param>
public sealed record TurnThumb(bool IsGood, DateTimeOffset At);
