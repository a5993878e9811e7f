namespace PersonalAi.Memory.Conversations;

/// <summary>How far a turn's answer has come.</summary>
public enum TurnStatus
{
    /// <summary>It is being written.</summary>
    Answering,

    /// <summary>The model ended it, or its length limit did.</summary>
    Complete,

    /// <summary>The user stopped it; what had come is kept.</summary>
    Cancelled,

    /// <summary>An error ended it; what had come is kept.</summary>
    Failed,

    /// <summary>The program ended before the answer did; what had been committed is kept.</summary>
    Interrupted,
}

/// <summary>The tokens that a turn cost.</summary>
/// <param name="PromptTokens">Tokens of the whole prompt.</param>
/// <param name="CachedTokens">Those of the prompt that were still in the model's cache.</param>
/// <param name="CompletionTokens">Tokens of the answer.</param>
public sealed record TurnUsage(int PromptTokens, int CachedTokens, int CompletionTokens);

/// <summary>The time that a turn cost.</summary>
/// <param name="Load">Loading the model.</param>
/// <param name="Prompt">Evaluating the prompt.</param>
/// <param name="FirstToken">From the request to the first token.</param>
/// <param name="Total">From the request to the last token.</param>
public sealed record TurnTimings(TimeSpan Load, TimeSpan Prompt, TimeSpan FirstToken, TimeSpan Total);

/// <summary>One exchange: what the user wrote and what was answered.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Session">The session it belongs to.</param>
/// <param name="Parent">The turn before it, or null for the first.</param>
/// <param name="Prompt">The user's text.</param>
/// <param name="Model">The model that was asked.</param>
/// <param name="CreatedAt">When it began.</param>
public sealed record Turn(TurnId Id, SessionId Session, TurnId? Parent, string Prompt, string Model, DateTimeOffset CreatedAt)
{
    /// <inheritdoc cref="NewTurn.OwnLength"/>
    public int? OwnLength { get; init; }

    /// <summary>The memories that stood before the user's text in the window, as they were given; empty where there were none.</summary>
    public string Memories { get; init; } = "";

    /// <summary>What tools did for it; null where none was offered.</summary>
    public TurnTools? Tools { get; init; }

    /// <summary>The calls of tools that were made for it, in order.</summary>
    public IEnumerable<ToolUse> ToolUses => (Tools?.Rounds ?? []).SelectMany(round => round.Uses);

    /// <summary>Where the untrusted text came from that the model had before it; empty where there was none.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>The model's text, as far as it has been committed.</summary>
    public string Answer { get; init; } = "";

    /// <summary>How far the answer has come, and how it ended.</summary>
    public TurnOutcome Outcome { get; init; } = new(TurnStatus.Answering);

    /// <summary>What did each of its steps, and why; null where that was not written down.</summary>
    public TurnRoute? Route => Outcome.Route;

    /// <summary>What the user thinks of the answer; null where they did not say.</summary>
    public TurnThumb? Thumb { get; init; }

    /// <summary>When the answer ended; null while it is written, and where a crash ended it.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>A turn to begin.</summary>
/// <param name="Session">The session to continue.</param>
/// <param name="Prompt">The user's text.</param>
/// <param name="Model">The model that will be asked.</param>
public sealed record NewTurn(SessionId Session, string Prompt, string Model)
{
    /// <summary>A turn to try again: the new one becomes its sibling instead of following the session's head.</summary>
    public TurnId? InsteadOf { get; init; }

    /// <summary>How many characters of the prompt the user typed, where something read from elsewhere follows: no fact is written from that. Null: all of them.</summary>
    public int? OwnLength { get; init; }
}

/// <summary>How an answer ended.</summary>
/// <param name="Status">How far it came.</param>
public sealed record TurnOutcome(TurnStatus Status)
{
    /// <summary>Why the model stopped, such as "stop" or "length".</summary>
    public string? FinishReason { get; init; }

    /// <summary>The id of the engine, model, template, sampling and persona behind the answer.</summary>
    public string? Snapshot { get; init; }

    /// <summary>The tokens it cost, where known.</summary>
    public TurnUsage? Usage { get; init; }

    /// <summary>The time it cost, where known.</summary>
    public TurnTimings? Timings { get; init; }

    /// <summary>The sentence that says what failed.</summary>
    public string? Error { get; init; }

    /// <inheritdoc cref="Turn.Route"/>
    public TurnRoute? Route { get; init; }
}

/// <summary>A text that stands for the older turns of a path.</summary>
/// <param name="Through">The last turn it covers; it covers all before it too.</param>
/// <param name="Text">The summary.</param>
/// <param name="Tokens">Its length in tokens of the model that made it.</param>
public sealed record Summary(TurnId Through, string Text, int Tokens)
{
    /// <summary>Where the untrusted text came from that it is a summary of; empty where there was none.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];
}
