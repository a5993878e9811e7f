using PersonalAi.Adapters;
using PersonalAi.Adapters.Frontier;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Frontier;

/// <summary>Whatever a server sends wrongly ends in a sentence, and what came before is kept.</summary>
public sealed class BrokenAnswerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FrontierWire.OpenAI)]
    [InlineData(FrontierWire.Anthropic)]
    public async Task A_connection_that_ends_leaves_what_came(FrontierWire wire)
    {
        var hasCome = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var model = await FrontierSandbox.StartAsync(wire, async reply =>
        {
            await reply.EventsAsync(WireText.Start(wire) + WireText.Piece(wire, "Half an answer, which"));
            await hasCome.Task;
            await reply.BreakOffAsync();
        });

        var error = await Assert.ThrowsAsync<ModelException>(async () =>
        {
            await foreach (var piece in model.Chat.GetStreamingResponseAsync(FrontierSandbox.Question, cancellationToken: Stop))
            {
                if (piece.Text.Length > 0)
                {
                    hasCome.TrySetResult();
                }
            }
        });

        Assert.Equal((ModelError.BrokenOff, "Half an answer, which"), (error.Error, error.PartialText));
        Assert.Equal($"The answer of '{model.Host}' broke off after about 7 tokens (the connection ended); asking again may be charged again.", error.Message);
        Assert.Single(model.Server.Requests);
    }

    public static TheoryData<FrontierWire, string, string> Endings => new()
    {
        { FrontierWire.OpenAI, "", "it ended without saying why" },
        { FrontierWire.Anthropic, "", "it ended without saying why" },
        { FrontierWire.OpenAI, "data: [DONE]\n\n", "it ended without saying why" },
        { FrontierWire.OpenAI, "data: {\"choices\": [{\n\n", "it sent a piece that cannot be read" },
        { FrontierWire.Anthropic, "event: content_block_delta\ndata: {\"type\":\n\n", "it sent a piece that cannot be read" },
        { FrontierWire.OpenAI, "data: [1, 2]\n\n", "it sent a piece that cannot be read" },
        { FrontierWire.Anthropic, "event: content_block_delta\ndata: [1, 2]\n\n", "it ended without saying why" },
        { FrontierWire.OpenAI, "data: {\"choices\": 7}\n\n", "it sent a piece that cannot be read" },
        { FrontierWire.OpenAI, WireText.Error(FrontierWire.OpenAI, "The server had an error."), "The server had an error" },
        { FrontierWire.Anthropic, WireText.Error(FrontierWire.Anthropic, "Overloaded"), "Overloaded" },
        { FrontierWire.OpenAI, "data: {\"error\":\"CUDA out of memory\"}\n\n", "CUDA out of memory" },
        { FrontierWire.OpenAI, $"data: {new string('x', 2_000_000)}\n\n", "it sent a line of more than 1 MiB" },
        { FrontierWire.Anthropic, $"data: {new string('x', 2_000_000)}\n\n", "it sent a line of more than 1 MiB" },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task A_wrong_end_is_told_and_leaves_what_came(FrontierWire wire, string ending, string why)
    {
        await using var model = await FrontierSandbox.StartAsync(wire, reply => reply.EventsAsync(WireText.Start(wire) + WireText.Piece(wire, "Half") + ending));

        var error = await model.FailAsync();

        Assert.Equal((ModelError.BrokenOff, "Half"), (error.Error, error.PartialText));
        Assert.Equal($"The answer of '{model.Host}' broke off after about 2 tokens ({why}); asking again may be charged again.", error.Message);
        Assert.Single(model.Server.Requests);
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI)]
    [InlineData(FrontierWire.Anthropic)]
    public async Task Streams_without_an_end_are_cut(FrontierWire wire)
    {
        await using var model = await FrontierSandbox.StartAsync(wire, async reply =>
        {
            await reply.EventsAsync(WireText.Start(wire));
            var comment = $": {new string('x', 60_000)}\n\n";
            while (true)
            {
                await reply.EventsAsync(comment);
            }
        });

        var error = await model.FailAsync();

        Assert.Equal($"The answer of '{model.Host}' broke off before any text came (it sent more than 64 MiB); asking again may be charged again.", error.Message);
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI, "text/html", "<html>Sign in</html>", "'text/html'")]
    [InlineData(FrontierWire.Anthropic, "text/html; charset=utf-8", "<html>Sign in</html>", "'text/html'")]
    [InlineData(FrontierWire.OpenAI, "application/json", """{"choices":[]}""", "'application/json'")]
    [InlineData(FrontierWire.Anthropic, "application/octet-stream", "\u0001\u0002", "'application/octet-stream'")]
    public async Task Something_else_than_an_answer_is_no_answer(FrontierWire wire, string type, string body, string what)
    {
        await using var model = await FrontierSandbox.StartAsync(wire, reply => reply.TextAsync(200, body, type));

        var error = await model.FailAsync();

        Assert.Equal(
            (ModelError.Network, $"'{model.Host}' answered with {what} where a stream of events was asked for; check its address."), (error.Error, error.Message));
    }

    [Fact]
    public async Task An_error_that_comes_with_status_200_is_one()
    {
        await using var model = await FrontierSandbox.StartAsync(FrontierWire.OpenAI, reply => reply.JsonAsync(200, WireText.Refusal(FrontierWire.OpenAI, "no such thing", "x")));

        var error = await model.FailAsync();

        Assert.Equal($"'{model.Host}' failed (status 200: no such thing); try again later.", error.Message);
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI, "stop", "it ended by 'stop'); ask in other words")]
    [InlineData(FrontierWire.OpenAI, "length", "it ended by 'length'); allow it more tokens")]
    [InlineData(FrontierWire.Anthropic, "end_turn", "it ended by 'stop'); ask in other words")]
    [InlineData(FrontierWire.Anthropic, "max_tokens", "it ended by 'length'); allow it more tokens")]
    [InlineData(FrontierWire.Anthropic, "refusal", "it ended by 'content_filter'); ask in other words")]
    public async Task An_answer_without_text_is_none(FrontierWire wire, string reason, string why)
    {
        await using var model = await FrontierSandbox.StartAsync(wire, reply => reply.EventsAsync(WireText.Start(wire) + WireText.End(wire, reason)));

        var error = await model.FailAsync();

        Assert.Equal((ModelError.Failed, $"'{model.Host}' answered without any text ({why}."), (error.Error, error.Message));
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI)]
    [InlineData(FrontierWire.Anthropic)]
    public async Task A_server_that_never_answers_is_given_up(FrontierWire wire)
    {
        var time = new ManualTime(Noon);
        var server = await FrontierServer.StartAsync(reply => reply.StallAsync());
        await using var model = FrontierSandbox.Of(server, wire, new FrontierOptions { FirstByte = TimeSpan.FromSeconds(20) }, time);

        var call = model.FailAsync();
        await server.Stalled.Task.WaitAsync(Stop);
        time.Advance(TimeSpan.FromSeconds(20));
        var error = await call;

        Assert.Equal((ModelError.Network, $"'{model.Host}' did not begin to answer within 20 s."), (error.Error, error.Message));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI, 30, 300, "nothing came for 30 s")]
    [InlineData(FrontierWire.Anthropic, 30, 300, "nothing came for 30 s")]
    [InlineData(FrontierWire.OpenAI, 300, 30, "all of it may take 30 s")]
    [InlineData(FrontierWire.Anthropic, 300, 30, "all of it may take 30 s")]
    public async Task An_answer_that_stands_still_is_given_up_and_leaves_what_came(FrontierWire wire, int silence, int whole, string why)
    {
        var time = new ManualTime(Noon);
        var server = await FrontierServer.StartAsync(async reply =>
        {
            await reply.EventsAsync(WireText.Start(wire) + WireText.Piece(wire, "Half"));
            await reply.StallAsync();
        });
        var options = new FrontierOptions { BetweenChunks = TimeSpan.FromSeconds(silence), Whole = TimeSpan.FromSeconds(whole) };
        await using var model = FrontierSandbox.Of(server, wire, options, time);

        await using var pieces = model.Chat.GetStreamingResponseAsync(FrontierSandbox.Question, cancellationToken: Stop).GetAsyncEnumerator(Stop);
        while (await pieces.MoveNextAsync() && pieces.Current.Text.Length == 0)
        {
        }

        var next = pieces.MoveNextAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(30));
        var error = await Assert.ThrowsAsync<ModelException>(() => next);

        Assert.Equal((ModelError.BrokenOff, "Half"), (error.Error, error.PartialText));
        Assert.Equal($"The answer of '{model.Host}' broke off after about 2 tokens ({why}); asking again may be charged again.", error.Message);
        Assert.Single(server.Requests);
    }
}
