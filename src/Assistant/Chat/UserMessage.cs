namespace PersonalAi.Assistant.Chat;

/// <summary>What the user sends: their words, and what they put beside them from elsewhere.</summary>
/// <param name="Text">All of it, the user's own words first.</param>
internal sealed record UserMessage(string Text)
{
    /// <summary>How many characters of it the user typed; null for all.</summary>
    public int? OwnLength { get; init; }

    /// <summary>Where the rest comes from; empty where there is none.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>The same with a text from elsewhere behind it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">Where it comes from.</param>
    public UserMessage With(string text, string origin) => new(Text.Length == 0 ? text : $"{Text}\n\n{text}")
    {
        OwnLength = OwnLength ?? Text.Length,
        Origins = [.. Origins, origin],
    };
}
