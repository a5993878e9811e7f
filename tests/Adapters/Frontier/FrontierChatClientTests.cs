using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Frontier;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Frontier;

public sealed class FrontierChatClientTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FrontierWire.OpenAI)]
    [InlineData(FrontierWire.Anthropic)]
    public async Task An_answer_has_text_counts_the_reason_of_its_end_and_the_model_that_gave_it(FrontierWire wire)
    {
        await using var model = await FrontierSandbox.StartAsync(wire, reply => reply.EventsAsync(WireText.Answer(wire)));

        var answer = await model.AskAsync();

        Assert.Equal(("Hello there.", ChatFinishReason.Stop, "served-model"), (answer.Text, answer.FinishReason, answer.ModelId));
        Assert.Equal((12L, 5L, 4L), (answer.Usage!.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.CachedInputTokenCount));
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI)]
    [InlineData(FrontierWire.Anthropic)]
    public async Task Pieces_come_as_the_server_sends_them(FrontierWire wire)
    {
        var mayGoOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var model = await FrontierSandbox.StartAsync(wire, async reply =>
        {
            await reply.EventsAsync(WireText.Start(wire) + WireText.Piece(wire, "First"));
            await mayGoOn.Task;
            await reply.EventsAsync(WireText.Piece(wire, ", second.") + WireText.End(wire));
        });

        var pieces = new List<string>();
        var counts = new List<UsageDetails>();
        await foreach (var piece in model.Chat.GetStreamingResponseAsync(FrontierSandbox.Question, cancellationToken: Stop))
        {
            pieces.Add(piece.Text);
            counts.AddRange(piece.Contents.OfType<UsageContent>().Select(content => content.Details));
            if (piece.Text.Length > 0)
            {
                mayGoOn.TrySetResult();
            }
        }

        Assert.Equal(["First", ", second."], pieces.Where(piece => piece.Length > 0));
        Assert.Equal([(12L, 5L)], counts.Select(count => (count.InputTokenCount, count.OutputTokenCount)));
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI, "/v1/chat/completions", """{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Grüße, <b>who</b> are you?"},{"role":"assistant","content":"A model."},{"role":"user","content":"Which \"one\"?"}],"model":"some-model","stream":true,"stream_options":{"include_usage":true},"max_tokens":1024}""")]
    [InlineData(FrontierWire.Anthropic, "/v1/messages", """{"max_tokens":1024,"messages":[{"role":"user","content":[{"type":"text","text":"Grüße, <b>who</b> are you?"}]},{"role":"assistant","content":[{"type":"text","text":"A model."}]},{"role":"user","content":[{"type":"text","text":"Which \"one\"?"}]}],"model":"some-model","system":[{"type":"text","text":"Be brief."}],"stream":true}""")]
    public async Task The_same_question_makes_the_same_bytes_streamed_or_not(FrontierWire wire, string path, string body)
    {
        await using var model = await FrontierSandbox.StartAsync(wire, reply => reply.EventsAsync(WireText.Answer(wire)));

        await model.AskAsync();
        await model.AskAsync();
        await foreach (var piece in model.Chat.GetStreamingResponseAsync(FrontierSandbox.Question, cancellationToken: Stop))
        {
            Assert.NotNull(piece);
        }

        Assert.Equal([path], model.Server.Requests.Select(request => request.Path).Distinct());
        Assert.Equal([body, body, body], model.Server.Requests.Select(request => Encoding.UTF8.GetString(request.Body)));
    }

    [Fact]
    public async Task A_provider_is_told_to_keep_nothing_and_knows_the_newer_name_of_the_limit()
    {
        using var capture = new CapturedRequest();
        var model = new FrontierModel(FrontierEndpoint.OpenAI, "gpt-4o", new FrontierKey(FrontierSandbox.Secret), new FrontierOptions { MaxOutputTokens = 50, Temperature = 0.5f }, TimeProvider.System);

        await Assert.ThrowsAsync<CapturedRequest.Captured>(() => model.OpenChat(capture.Client).GetResponseAsync("Hello", cancellationToken: Stop));

        Assert.Equal(new Uri("https://api.openai.com/v1/chat/completions"), capture.Address);
        Assert.Equal(
            """{"temperature":0.5,"messages":[{"role":"user","content":"Hello"}],"model":"gpt-4o","max_completion_tokens":50,"store":false,"stream":true,"stream_options":{"include_usage":true}}""",
            capture.Body);
    }

    [Fact]
    public async Task Anthropic_is_reached_at_its_own_address_and_asked_for_no_temperature()
    {
        using var capture = new CapturedRequest();
        var model = new FrontierModel(FrontierEndpoint.Anthropic, "claude-x", new FrontierKey(FrontierSandbox.Secret), new FrontierOptions { Retries = 0 }, TimeProvider.System);

        await Assert.ThrowsAsync<CapturedRequest.Captured>(() => model.OpenChat(capture.Client).GetResponseAsync("Hello", cancellationToken: Stop));
        var refusal = await Assert.ThrowsAsync<ModelException>(() => model.OpenChat(capture.Client).GetResponseAsync("Hello", new ChatOptions { Temperature = 0.5f }, Stop));

        Assert.Equal(new Uri("https://api.anthropic.com/v1/messages"), capture.Address);
        Assert.Equal((ModelError.Unsupported, "'anthropic' takes no temperature; leave it out."), (refusal.Error, refusal.Message));
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI, new[] { "Accept", "Authorization", "Content-Length", "Content-Type", "Host", "User-Agent" })]
    [InlineData(FrontierWire.Anthropic, new[] { "Authorization", "Content-Length", "Content-Type", "Host", "User-Agent", "anthropic-version" })]
    public async Task Headers_say_nothing_of_the_machine(FrontierWire wire, string[] names)
    {
        await using var model = await FrontierSandbox.StartAsync(wire, reply => reply.EventsAsync(WireText.Answer(wire)));

        await model.AskAsync();

        var headers = model.Server.Requests.Single().Headers;
        Assert.Equal(names, headers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("pai", $"Bearer {FrontierSandbox.Secret}"), (headers["User-Agent"], headers["Authorization"]));
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI)]
    [InlineData(FrontierWire.Anthropic)]
    public async Task Without_a_key_none_is_looked_for_and_none_is_sent(FrontierWire wire)
    {
        var server = await FrontierServer.StartAsync(reply => reply.EventsAsync(WireText.Answer(wire)));
        await using var model = FrontierSandbox.Of(server, wire, new FrontierOptions(), hasKey: false);
        Environment.SetEnvironmentVariable("ANTHROPIC_AUTH_TOKEN", "somebody's");
        try
        {
            await model.AskAsync();
        }
        finally
        {
            Environment.SetEnvironmentVariable("ANTHROPIC_AUTH_TOKEN", null);
        }

        Assert.Empty(server.Requests.Single().Headers.Keys.Intersect(["Authorization", "X-Api-Key"]));
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI)]
    [InlineData(FrontierWire.Anthropic)]
    public async Task A_call_of_a_tool_in_an_answer_is_text_and_nothing_more(FrontierWire wire)
    {
        await using var model = await FrontierSandbox.StartAsync(wire, reply => reply.EventsAsync(WireText.ToolCall(wire)));

        var answer = await model.AskAsync();

        Assert.Equal("[The model asked for the tool 'delete_all'. Nothing was run: models elsewhere are given no tools.]", answer.Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.All(answer.Messages.SelectMany(message => message.Contents), content => Assert.True(content is TextContent or UsageContent, content.GetType().Name));
    }

    [Fact]
    public async Task A_request_has_nothing_that_OpenAI_s_own_description_does_not_know()
    {
        using var file = new GZipStream(File.OpenRead(TestData.Path("openapi/openai-openapi.json.gz")), CompressionMode.Decompress);
        using var api = await JsonDocument.ParseAsync(file, cancellationToken: Stop);
        var schemas = api.RootElement.GetProperty("components").GetProperty("schemas");
        var schema = schemas.GetProperty("CreateChatCompletionRequest").GetProperty("allOf").EnumerateArray().Last();
        JsonElement[] parts = [schema, .. schemas.GetProperty("CreateModelResponseProperties").GetProperty("allOf").EnumerateArray(), schemas.GetProperty("ModelResponseProperties")];
        var known = parts
            .Where(part => part.TryGetProperty("properties", out _))
            .SelectMany(part => part.GetProperty("properties").EnumerateObject().Select(property => property.Name))
            .ToHashSet();
        using var capture = new CapturedRequest();
        var model = new FrontierModel(FrontierEndpoint.OpenAI, "gpt-4o", key: null, new FrontierOptions { Temperature = 0.5f }, TimeProvider.System);

        await Assert.ThrowsAsync<CapturedRequest.Captured>(() => model.OpenChat(capture.Client).GetResponseAsync(FrontierSandbox.Question, cancellationToken: Stop));

        using var body = JsonDocument.Parse(capture.Body!);
        var sent = body.RootElement.EnumerateObject().Select(property => property.Name).ToList();
        Assert.Empty(sent.Except(known));
        Assert.Empty(schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!).Except(sent));
    }

    public static TheoryData<string, ChatMessage, ChatOptions?> Refused => new()
    {
        { "Tools are not given to a model elsewhere; ask it without them.", new ChatMessage(ChatRole.User, "Hi"), new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")] } },
        { "A model elsewhere is asked for text only; leave the format of the answer out.", new ChatMessage(ChatRole.User, "Hi"), new ChatOptions { ResponseFormat = ChatResponseFormat.Json } },
        { "There is no question for the model elsewhere; add a message of the user.", new ChatMessage(ChatRole.Assistant, "Hi"), null },
        { "Only text is sent to a model elsewhere; leave the 'UriContent' out.", new ChatMessage(ChatRole.User, [new UriContent("https://example.org/a.png", "image/png")]), null },
        { "Only text is sent to a model elsewhere; leave the 'FunctionCallContent' out.", new ChatMessage(ChatRole.User, [new FunctionCallContent("1", "one")]), null },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_may_not_leave_is_refused_before_anything_is_sent(string sentence, ChatMessage message, ChatOptions? options)
    {
        await using var model = await FrontierSandbox.StartAsync(FrontierWire.OpenAI, reply => reply.EventsAsync(""));

        var refusal = await Assert.ThrowsAsync<ModelException>(() => model.Chat.GetResponseAsync([message], options, Stop));

        Assert.Equal((ModelError.Unsupported, sentence), (refusal.Error, refusal.Message));
        Assert.Empty(model.Server.Requests);
    }

    [Fact]
    public async Task A_message_of_a_tool_is_refused_too()
    {
        await using var model = await FrontierSandbox.StartAsync(FrontierWire.OpenAI, reply => reply.EventsAsync(""));

        var refusal = await Assert.ThrowsAsync<ModelException>(
            () => model.Chat.GetResponseAsync([new ChatMessage(ChatRole.User, "Hi"), new ChatMessage(ChatRole.Tool, "secret")], cancellationToken: Stop));

        Assert.Equal("A message of the role 'tool' is not sent to a model elsewhere; leave it out.", refusal.Message);
    }

    [Theory]
    [InlineData(FrontierWire.OpenAI)]
    [InlineData(FrontierWire.Anthropic)]
    public async Task Cancelling_is_no_error(FrontierWire wire)
    {
        await using var model = await FrontierSandbox.StartAsync(wire, reply => reply.StallAsync());
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var call = model.Chat.GetResponseAsync(FrontierSandbox.Question, cancellationToken: cancel.Token);
        await model.Server.Stalled.Task.WaitAsync(Stop);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
