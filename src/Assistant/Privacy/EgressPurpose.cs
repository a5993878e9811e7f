namespace PersonalAi.Assistant.Privacy;

/// <summary>What data leaves the machine for.</summary>
internal enum EgressPurpose
{
    /// <summary>Fetching the files of a model.</summary>
    ModelDownload,

    /// <summary>Fetching a build of the engine.</summary>
    EngineDownload,

    /// <summary>Asking a model that runs elsewhere.</summary>
    RemoteModel,

    /// <summary>A tool that reads the web or calls a service.</summary>
    Tool,
}
