namespace PersonalAi.Assistant.Privacy;

/// <summary>A request was about to leave the machine without approval, and did not.</summary>
internal sealed class EgressDeniedException(EgressPurpose purpose, Uri destination, string reason = "that destination has not been approved")
    : Exception($"Nothing was sent to '{destination.Authority}' ({Describe(purpose)}), because {reason}.")
{
    public EgressPurpose Purpose { get; } = purpose;

    public Uri Destination { get; } = destination;

    private static string Describe(EgressPurpose purpose) => purpose switch
    {
        EgressPurpose.ModelDownload => "to download a model",
        EgressPurpose.EngineDownload => "to download an engine",
        EgressPurpose.Frontier => "to ask a frontier model",
        EgressPurpose.SelfHosted => "to ask a model on a server of yours",
        EgressPurpose.Mcp => "to use an MCP server",
        _ => "for a tool",
    };
}
