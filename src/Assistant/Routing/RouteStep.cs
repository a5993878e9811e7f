namespace PersonalAi.Assistant.Routing;

/// <summary>What has to be done for a turn.</summary>
internal enum RouteStep
{
    /// <summary>Answering the user.</summary>
    Answer,

    /// <summary>Writing down what older turns said, before they leave the window.</summary>
    Summarise,

    /// <summary>Finding facts in what the user says.</summary>
    Extract,

    /// <summary>Turning the question into a vector, by which memories are found.</summary>
    Embed,

    /// <summary>Deciding which tools are called, and in which order.</summary>
    Plan,

    /// <summary>Choosing the few tools that the model is shown.</summary>
    ToolChoice,
}
