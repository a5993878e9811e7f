namespace PersonalAi.Tools;

/// <summary>What a tool returns whose results come from different places: a text, and where the untrusted part of it comes from.</summary>
/// <param name="Text">The result.</param>
/// <param name="Origins">Where untrusted text in it comes from; empty where all of it is the user's or the program's own.</param>
public sealed record ToolAnswer(string Text, IReadOnlyList<string> Origins)
{
    /// <summary>The origins in one phrase; null where there are none.</summary>
    internal string? Origin => Origins.Count == 0 ? null : string.Join(", ", Origins);
}
