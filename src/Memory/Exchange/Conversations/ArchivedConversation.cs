namespace PersonalAi.Memory.Exchange.Conversations;

/// <summary>A conversation as another program exported it: messages that hang on each other as a tree.</summary>
/// <param name="Source">The program: <c>chatgpt</c> or <c>claude</c>.</param>
/// <param name="Id">Its id there.</param>
/// <param name="Messages">The messages, in the order of the export.</param>
internal sealed record ArchivedConversation(string Source, string Id, IReadOnlyList<ArchivedMessage> Messages)
{
    public string? Title { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The id of the message that the current path ends with; null where that is the last one.</summary>
    public string? Current { get; init; }
}

/// <summary>A message of an exported conversation.</summary>
/// <param name="Id">Its id there.</param>
/// <param name="Parent">The id of the message that it follows.</param>
/// <param name="IsUser">Whether the user wrote it.</param>
/// <param name="Text">Its words; empty for what is not shown: instructions, tools, thoughts.</param>
internal sealed record ArchivedMessage(string Id, string? Parent, bool IsUser, string Text)
{
    public DateTimeOffset? At { get; init; }

    public string? Model { get; init; }
}

/// <summary>A turn of an exported conversation.</summary>
/// <param name="Id">The id of the message that it ends with.</param>
/// <param name="Parent">The id of the turn before it.</param>
/// <param name="Prompt">What the user wrote; empty where the model began.</param>
/// <param name="Answer">What the model answered, all messages of it.</param>
/// <param name="At">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Model">The model that answered, where that is known.</param>
internal sealed record ArchivedTurn(string Id, string? Parent, string Prompt, string Answer, DateTimeOffset At, DateTimeOffset EndedAt, string? Model);
