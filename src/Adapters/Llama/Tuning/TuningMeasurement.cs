using System.Text.Json.Serialization;

namespace PersonalAi.Adapters.Llama.Tuning;

/// <summary>How fast a model was in one of its ways of running.</summary>
/// <param name="Choice">The way.</param>
/// <param name="Shallow">At the beginning of a context.</param>
/// <param name="Deep">Far into a context.</param>
public sealed record TuningMeasurement(TunedChoice Choice, TunedSpeed Shallow, TunedSpeed Deep)
{
    // A turn of a chat: what a question with recalled memories has, and what an answer has.
    private const int TypicalPrompt = 256, TypicalAnswer = 128;

    /// <summary>How long a typical turn takes, the mean of a shallow and a deep context: what the choice is made by.</summary>
    [JsonIgnore]
    public TimeSpan TypicalTurn => (Turn(Shallow) + Turn(Deep)) / 2;

    private static TimeSpan Turn(TunedSpeed speed) =>
        TimeSpan.FromSeconds((TypicalPrompt / speed.PromptTokensPerSecond) + (TypicalAnswer / speed.TokensPerSecond));
}

/// <summary>How fast a model was at one depth.</summary>
/// <param name="Depth">Tokens that stood in the cache before.</param>
/// <param name="PromptTokensPerSecond">Evaluation of a prompt.</param>
/// <param name="TokensPerSecond">Generation.</param>
public sealed record TunedSpeed(int Depth, double PromptTokensPerSecond, double TokensPerSecond);
