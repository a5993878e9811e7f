namespace PersonalAi.Adapters.Host;

/// <summary>How an engine process is.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="StartedAt">Since when it runs.</param>
/// <param name="EngineVersion">llama.cpp's version; null until it was needed.</param>
/// <param name="WorkingSetBytes">The memory it has in use; the pages of mapped weights are counted.</param>
/// <param name="Models">What is loaded.</param>
public sealed record EngineStatus(int ProcessId, DateTimeOffset StartedAt, string? EngineVersion, long WorkingSetBytes, IReadOnlyList<LoadedModelStatus> Models);

/// <summary>A model in an engine process.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Users">How many requests use it just now.</param>
/// <param name="IdleSince">Since when nobody does; null while someone does.</param>
public sealed record LoadedModelStatus(string Path, int Users, DateTimeOffset? IdleSince);
