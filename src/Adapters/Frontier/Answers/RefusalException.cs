namespace PersonalAi.Adapters.Frontier.Answers;

/// <summary>A server refused a request, or gave up on one that it had begun to answer; only inside this folder.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="words">What the server said of it.</param>
/// <param name="wait">How long it asks to wait.</param>
internal sealed class RefusalException(int status, ServerWords words, TimeSpan? wait) : Exception($"HTTP status {status}")
{
    public int Status { get; } = status;

    public ServerWords Words { get; } = words;

    public TimeSpan? Wait { get; } = wait;

    /// <summary>Whether it surely did nothing with the request yet, and may in a moment.</summary>
    public bool DidNotTakeIt => Status is 429 or 503 or 529 && !Words.CreditIsSpent;
}
