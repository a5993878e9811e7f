using Polly;
using Polly.Retry;

namespace PersonalAi.Adapters.Frontier.Answers;

/// <summary>Sends a request again, after a growing wait, where it is certain that the server did not take it.</summary>
internal static class Retries
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>The strategy for one model.</summary>
    public static ResiliencePipeline<OngoingAnswer> Create(FrontierOptions options, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<OngoingAnswer> { TimeProvider = time };
        return options.Retries == 0 ? builder.Build() : builder.AddRetry(new RetryStrategyOptions<OngoingAnswer>
        {
            MaxRetryAttempts = options.Retries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstWait,
            MaxDelay = options.LongestWait,
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(WasNotTaken(attempt.Outcome.Exception, options.LongestWait)),
            DelayGenerator = attempt => ValueTask.FromResult(AskedFor(attempt.Outcome.Exception)),
        }).Build();
    }

    private static bool WasNotTaken(Exception? error, TimeSpan longestWait) => error?.InnerException switch
    {
        RefusalException refusal => refusal.DidNotTakeIt && !(refusal.Wait > longestWait),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => error is ModelException,
        _ => false,
    };

    private static TimeSpan? AskedFor(Exception? error) => error?.InnerException is RefusalException { Wait: { } wait } && wait > TimeSpan.Zero ? wait : null;
}
