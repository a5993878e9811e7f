namespace PersonalAi.Memory.Conversations;

/// <summary>What a session is held with.</summary>
/// <param name="Persona">The persona's name.</param>
/// <param name="Model">The model's reference, as the user may give it again.</param>
public sealed record SessionSettings(string Persona, string Model)
{
    /// <summary>Instructions in place of the persona's, or null.</summary>
    public string? SystemPrompt { get; init; }
}

/// <summary>A conversation: a tree of turns and the path through it that is current.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Settings">What it is held with now.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="UpdatedAt">When a turn last began, ended or was undone.</param>
public sealed record Session(SessionId Id, SessionSettings Settings, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>One line; null until the first turn or a rename gives one.</summary>
    public string? Title { get; init; }

    /// <summary>What its prompts begin with after the persona: the pinned facts, as they were when it began.</summary>
    public string CoreMemory { get; init; } = "";

    /// <summary>When it went to the trash, or null.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The newest turn of the current path, or null where the path is empty.</summary>
    public TurnId? Head { get; init; }

    /// <summary>The number of turns on all branches.</summary>
    public int TurnCount { get; init; }
}
