namespace PersonalAi.Assistant.Doctor;

/// <summary>How well something is.</summary>
internal enum HealthStatus
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>The main job can run, though not as well as it could.</summary>
    Warning,

    /// <summary>The main job cannot run.</summary>
    Failure,
}

/// <summary>What cannot work where a check fails.</summary>
internal enum HealthArea
{
    /// <summary>What the user wrote: configuration, personas.</summary>
    Configuration,

    /// <summary>Engine and models.</summary>
    Model,

    /// <summary>Files, database and disk.</summary>
    Storage,
}

/// <summary>What a check found.</summary>
/// <param name="Status">How well it is.</param>
/// <param name="Found">What is there, for people.</param>
/// <param name="Advice">What to do; null where nothing is to be done, or where <paramref name="Found"/> says it.</param>
internal sealed record Finding(HealthStatus Status, string Found, string? Advice = null)
{
    /// <summary>What it takes of disk or memory, where that is meaningful.</summary>
    public long? Bytes { get; init; }

    public static Finding Ok(string found) => new(HealthStatus.Ok, found);

    public static Finding Warning(string found, string? advice = null) => new(HealthStatus.Warning, found, advice);

    public static Finding Failure(string found, string? advice = null) => new(HealthStatus.Failure, found, advice);
}

/// <summary>What a check found, and how long it took.</summary>
/// <param name="Check">The check.</param>
/// <param name="Finding">What it found.</param>
/// <param name="Time">How long it took.</param>
internal sealed record HealthReport(HealthCheck Check, Finding Finding, TimeSpan Time);
