namespace PersonalAi.Assistant.Privacy;

/// <summary>A request was about to leave the machine without approval, and did not.</summary>
internal sealed class EgressDeniedException(EgressPurpose purpose, Uri destination)
    : Exception($"Nothing was sent to '{destination.Authority}' ({Describe(purpose)}), because that destination has not been approved.")
{
    public EgressPurpose Purpose { get; } = purpose;

    public Uri Destination { get; } = destination;

    private static string Describe(EgressPurpose purpose) => purpose switch
    {
        EgressPurpose.ModelDownload => "to download a model",
        EgressPurpose.EngineDownload => "to download an engine",
        EgressPurpose.RemoteModel => "to ask a remote model",
        _ => "for a tool",
    };
}
