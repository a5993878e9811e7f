namespace PersonalAi.Adapters.Models.Download;

/// <summary>What a download may do, and how long it tries.</summary>
public sealed record DownloadRules
{
    /// <summary>Asked before a redirect to another host is followed, with the address that it leads to; throws where it must not be.</summary>
    public required Func<Uri, CancellationToken, Task> AllowRedirectAsync { get; init; }

    /// <summary>Told before the first byte of a file, with the host that gives it and its size; throws where it must not come.</summary>
    public required Func<DownloadOffer, CancellationToken, Task> AllowBytesAsync { get; init; }

    /// <summary>How often it is tried again in a row without a byte of progress.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>The pause before it is tried again, doubled each time; a server that names a longer one is obeyed.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause that a server may ask for; beyond it the download fails and says when to come back.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long nothing may come before the connection counts as lost.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>What a server is about to send.</summary>
/// <param name="FileName">As in <see cref="WantedFile"/>.</param>
/// <param name="Source">Where it was looked for.</param>
/// <param name="Location">Where it comes from, after redirects.</param>
/// <param name="Bytes">Size of the whole file.</param>
/// <param name="HaveBytes">How much of it is here already.</param>
public sealed record DownloadOffer(string FileName, Uri Source, Uri Location, long Bytes, long HaveBytes);
