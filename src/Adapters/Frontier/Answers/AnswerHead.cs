using System.Net.Http.Headers;

namespace PersonalAi.Adapters.Frontier.Answers;

/// <summary>What a server says before its answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The header of that name.</param>
/// <param name="RetryAfter">The header of that name.</param>
internal sealed record AnswerHead(int Status, string? ContentType, string? RetryAfter)
{
    /// <summary>Whether an answer follows, and no refusal.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Whether it comes as server-sent events, as was asked for.</summary>
    public bool IsStream => MediaType == "text/event-stream";

    /// <summary>The type of what follows, without parameters; empty where the server does not say.</summary>
    public string MediaType => ContentType?.Split(';')[0].Trim().ToLowerInvariant() ?? "";

    /// <summary>How long the server asks to wait; null where it does not, not positive where that is over.</summary>
    public TimeSpan? Wait(TimeProvider time) =>
        RetryConditionHeaderValue.TryParse(RetryAfter, out var value) ? value.Delta ?? (value.Date - time.GetUtcNow()) : null;
}
