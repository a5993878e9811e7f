namespace PersonalAi.Memory.Conversations;

/// <summary>What tools did for a turn, as the model saw it: with it the next prompt begins with the very same words.</summary>
public sealed record TurnTools
{
    /// <summary>The tools that <see cref="Notes"/> explain; later turns need not explain them again.</summary>
    public IReadOnlyList<string> Described { get; init; } = [];

    /// <summary>What stood before the user's words to explain tools; empty where they had been explained before.</summary>
    public string Notes { get; init; } = "";

    /// <summary>The answers in which the model called tools, in order.</summary>
    public IReadOnlyList<ToolRound> Rounds { get; init; } = [];

    /// <summary>What the model wrote before the last part of its answer and the user does not see, such as its decision to call nothing.</summary>
    public string Lead { get; init; } = "";
}

/// <summary>An answer, or a part of one, with which the model called tools.</summary>
/// <param name="Raw">What it wrote that the user does not see: its thought and the calls, in the model's syntax.</param>
/// <param name="AnswerLength">How many characters of the turn's answer stood there when it had made the calls.</param>
/// <param name="Uses">The calls, and what came of them.</param>
public sealed record ToolRound(string Raw, int AnswerLength, IReadOnlyList<ToolUse> Uses);

/// <summary>A call of a tool, and what came of it.</summary>
/// <param name="Id">Tells calls of one answer apart.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">A JSON object, in canonical form.</param>
/// <param name="Status">How it ended, such as "succeeded" or "denied".</param>
/// <param name="Result">What the model was told.</param>
public sealed record ToolUse(string Id, string Name, string Arguments, string Status, string Result)
{
    /// <summary>Why it was allowed or not; empty where that was not looked at.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Where the result comes from, where it is not to be trusted; null where it is the program's own.</summary>
    public string? Origin { get; init; }
}
