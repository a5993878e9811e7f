namespace PersonalAi.Tools.Mcp;

/// <summary>Says when a server that failed may be tried again: after 1, 2, 4, 8 and 16 seconds, then not any more.</summary>
internal sealed class McpBackOff(TimeProvider time)
{
    private const int MostFailures = 6;

    private int _failures;
    private DateTimeOffset _failedAt;

    /// <summary>What went wrong last; null where nothing did.</summary>
    public McpServerException? LastFailure { get; private set; }

    /// <summary>Whether it may be tried now.</summary>
    public bool MayTry => _failures == 0 || (_failures < MostFailures && time.GetUtcNow() - _failedAt >= TimeSpan.FromSeconds(1 << (_failures - 1)));

    /// <summary>Whether it is not tried again.</summary>
    public bool HasGivenUp => _failures >= MostFailures;

    public void Failed(McpServerException error) => (_failures, _failedAt, LastFailure) = (_failures + 1, time.GetUtcNow(), error);

    public void Succeeded() => (_failures, LastFailure) = (0, null);
}
