namespace PersonalAi.Assistant.Privacy;

/// <summary>What data leaves the machine for. There is none for telemetry, since there is no telemetry.</summary>
internal enum EgressPurpose
{
    /// <summary>Fetching the files of a model.</summary>
    ModelDownload,

    /// <summary>Fetching a build of the engine.</summary>
    EngineDownload,

    /// <summary>Asking a model of a company.</summary>
    Frontier,

    /// <summary>Asking a model on a server of the user's own.</summary>
    SelfHosted,

    /// <summary>A tool that reads the web.</summary>
    Web,

    /// <summary>Using an MCP server over HTTP.</summary>
    Mcp,
}
