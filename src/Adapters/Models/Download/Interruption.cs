namespace PersonalAi.Adapters.Models.Download;

/// <summary>Why a transfer stopped before its end, though another try may bring the rest.</summary>
/// <param name="Reason">What happened, after the name of the server: <c>closed the connection</c>.</param>
/// <param name="Error">The error behind it, if any.</param>
internal sealed record Interruption(string Reason, Exception? Error = null)
{
    /// <summary>How long the server asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
