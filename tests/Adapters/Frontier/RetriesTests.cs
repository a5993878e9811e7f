using PersonalAi.Adapters;
using PersonalAi.Adapters.Frontier;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Frontier;

public sealed class RetriesTests
{
    private static readonly FrontierOptions Patient = new() { FirstByte = TimeSpan.FromHours(1), BetweenChunks = TimeSpan.FromHours(1), Whole = TimeSpan.FromHours(1) };

    [Theory]
    [InlineData(FrontierWire.OpenAI, 429, "rate_limit_exceeded")]
    [InlineData(FrontierWire.OpenAI, 503, "overloaded")]
    [InlineData(FrontierWire.Anthropic, 429, "rate_limit_error")]
    [InlineData(FrontierWire.Anthropic, 529, "overloaded_error")]
    public async Task What_a_server_did_not_take_is_sent_again_as_it_was_after_the_wait_that_it_asks_for(FrontierWire wire, int status, string code)
    {
        var time = new ImpatientTime();
        var server = await FrontierServer.StartAsync(
            reply => reply.JsonAsync(status, WireText.Refusal(wire, "wait", code), ("Retry-After", "7")),
            reply => reply.JsonAsync(status, WireText.Refusal(wire, "wait", code), ("Retry-After", "11")),
            reply => reply.EventsAsync(WireText.Answer(wire)));
        await using var model = FrontierSandbox.Of(server, wire, Patient, time);

        var answer = await model.AskAsync();

        Assert.Equal("Hello there.", answer.Text);
        Assert.Equal([7, 11], time.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(3, server.Requests.Count);
        Assert.Single(server.Requests.Select(request => Convert.ToHexString(request.Body)).Distinct());
    }

    [Fact]
    public async Task A_day_to_wait_until_is_understood_and_no_wait_grows()
    {
        var time = new ImpatientTime();
        var server = await FrontierServer.StartAsync(
            reply => reply.JsonAsync(503, "{}", ("Retry-After", "Fri, 02 Jan 2026 12:00:09 GMT")),
            reply => reply.JsonAsync(503, "{}"));
        await using var model = FrontierSandbox.Of(server, FrontierWire.OpenAI, Patient, time);

        var error = await model.FailAsync();

        Assert.Equal((ModelError.Busy, $"'{model.Host}' is overloaded (status 503); try again later."), (error.Error, error.Message));
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(9, time.Waits[0].TotalSeconds);
        Assert.All(time.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, Patient.LongestWait));
    }

    [Fact]
    public async Task Whoever_asks_for_too_long_a_wait_is_left_alone()
    {
        var time = new ImpatientTime();
        var server = await FrontierServer.StartAsync(reply => reply.JsonAsync(429, "{}", ("Retry-After", "3600")));
        await using var model = FrontierSandbox.Of(server, FrontierWire.Anthropic, Patient, time);

        var error = await model.FailAsync();

        Assert.Equal((ModelError.RateLimited, $"'{model.Host}' has been asked too often (status 429); it asks to wait 3600 s."), (error.Error, error.Message));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task What_a_server_may_have_taken_is_never_sent_again(int status)
    {
        var server = await FrontierServer.StartAsync(reply => reply.JsonAsync(status, "{}", ("x-should-retry", "true")));
        await using var model = FrontierSandbox.Of(server, FrontierWire.Anthropic, Patient, new ImpatientTime());

        await model.FailAsync();

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_is_away_for_a_moment_is_tried_again()
    {
        var server = await FrontierServer.StartAsync(reply => reply.EventsAsync(WireText.Answer(FrontierWire.OpenAI)));
        var time = new ImpatientTime();
        await using var model = FrontierSandbox.Of(server, FrontierWire.OpenAI, Patient, time);
        await server.StopAsync();

        var error = await model.FailAsync();

        Assert.Equal($"'{model.Host}' cannot be reached (Connection refused); is it running?", error.Message);
        Assert.Equal(3, time.Waits.Count);
    }

    [Fact]
    public async Task All_attempts_together_have_one_limit()
    {
        var time = new ImpatientTime();
        var server = await FrontierServer.StartAsync(reply => reply.JsonAsync(429, "{}", ("Retry-After", "25")), reply => reply.StallAsync());
        await using var model = FrontierSandbox.Of(server, FrontierWire.OpenAI, Patient with { Whole = TimeSpan.FromSeconds(100) }, time);

        var call = model.FailAsync();
        await server.Stalled.Task.WaitAsync(TestContext.Current.CancellationToken);
        time.Clock.Advance(TimeSpan.FromSeconds(100));
        var error = await call;

        Assert.Equal($"'{model.Host}' did not answer in time.", error.Message);
        Assert.Equal([25], time.Waits.Select(wait => wait.TotalSeconds));
    }

    /// <summary>A clock on which waits of less than a minute are over at once, and are written down.</summary>
    private sealed class ImpatientTime : TimeProvider
    {
        private static readonly TimeSpan Short = TimeSpan.FromMinutes(1);

        public List<TimeSpan> Waits { get; } = [];

        public ManualTime Clock { get; } = new(new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero));

        public override DateTimeOffset GetUtcNow() => Clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime >= Short || dueTime < TimeSpan.Zero)
            {
                return Clock.CreateTimer(callback, state, dueTime, period);
            }

            Waits.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
