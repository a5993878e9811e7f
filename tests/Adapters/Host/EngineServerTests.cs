using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Host;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Host;

/// <summary>The server and its clients over a real socket, in one process so that time can be moved.</summary>
public sealed class EngineServerTests : IAsyncLifetime
{
    private static readonly ModelRequest Starter = Request(TestModels.StarterPath, 512);
    private static readonly ModelRequest Stories = Request(TestModels.Stories15MPath, 256);
    private static readonly ChatMessage Capital = new(ChatRole.User, "What is the capital of France?");

    private readonly string _folder = Directory.CreateTempSubdirectory("pai-run-").FullName;
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
    private EngineAddress _address = null!;
    private EngineServer _server = null!;
    private EngineClient _client = null!;
    private Task _serving = null!;

    public async ValueTask InitializeAsync()
    {
        _address = EngineAddress.Of(_folder, "test");

        // What a killed engine left behind.
        await File.WriteAllTextAsync(_address.Socket, "");
        _server = new EngineServer(_address, () => Engine.Library, _time, NullLogger<EngineServer>.Instance);
        _client = new EngineClient(_address, () => throw new InvalidOperationException("The server should have been there."));
        _serving = _server.RunAsync();
        await _server.Ready;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync();
        await _serving;
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_answer_comes_with_its_cost_as_from_a_client_in_the_same_process()
    {
        await using var local = await RunningModel.OpenAsync(Engine.Library, Starter);
        var client = await _client.OpenChatAsync(Starter);

        var expected = await local.Client.GetResponseAsync([Capital], Greedy(16));
        var updates = await client.GetStreamingResponseAsync([Capital], Greedy(16)).ToListAsync();

        var result = Assert.IsType<GenerationResult>(updates[^1].RawRepresentation);
        var response = updates.ToChatResponse();
        Assert.Equal(expected.Text, response.Text);
        Assert.Equal((ChatFinishReason.Length, GenerationEnd.Length), (response.FinishReason, result.End));
        Assert.Equal(await client.CountTokensAsync([[Capital]]), [result.PromptTokens]);
        Assert.Equal((response.Usage!.InputTokenCount, response.Usage.OutputTokenCount), (result.PromptTokens, result.CompletionTokens));
        Assert.True(result.DecodeTime > TimeSpan.Zero && result.TokensPerSecond > 0);
        Assert.Equal(("tinyllama-1.1b-chat.IQ2_XXS", 512, "zephyr"), (client.ModelId, client.ContextLength, client.TemplateName));
    }

    [Fact]
    public async Task Tools_their_calls_and_their_results_cross_the_wire()
    {
        var client = await _client.OpenChatAsync(Starter);
        var options = Greedy(40);
        options.Tools = [AIFunctionFactory.Create(() => "12:00", "get_time", "Tell the time.")];
        options.ToolMode = ChatToolMode.RequireAny;

        var response = await client.GetResponseAsync([Capital], options);

        var call = Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>());
        var round = new List<ChatMessage> { Capital, response.Messages[0], new(ChatRole.Tool, [new FunctionResultContent(call.CallId, "12:00")]) };
        Assert.Equal(("plain", "get_time", ChatFinishReason.ToolCalls), (client.ToolFormat.Name, call.Name, response.FinishReason));
        Assert.True((await client.CountTokensAsync([round], options))[0] > response.Usage!.TotalTokenCount);
        Assert.NotNull(options.Tools);
    }

    [Fact]
    public async Task Sampling_raw_prompts_and_schemas_cross_the_wire()
    {
        var client = await _client.OpenChatAsync(Starter);
        using var schema = JsonDocument.Parse("""{"type":"object","properties":{"city":{"const":"Paris"}},"required":["city"],"additionalProperties":false}""");

        var json = await client.GetResponseAsync([Capital], new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement), MaxOutputTokens = 40 });
        var raw = await client.GetResponseAsync(
            [new ChatMessage(ChatRole.User, "The capital of France is")],
            new ChatOptions
            {
                MaxOutputTokens = 1,
                RawRepresentationFactory = _ => new LlamaChatOptions { Raw = true, Sampling = new SamplingOptions { Temperature = 0 } },
            });

        Assert.Equal("Paris", JsonDocument.Parse(json.Text).RootElement.GetProperty("city").GetString());
        Assert.Equal(" the", raw.Text);
    }

    [Fact]
    public async Task A_conversation_is_cached_until_it_is_forgotten()
    {
        var client = await _client.OpenChatAsync(Starter);
        var options = new ChatOptions { Temperature = 0, MaxOutputTokens = 1, RawRepresentationFactory = _ => new LlamaChatOptions { Conversation = "one" } };

        var first = await client.GetResponseAsync([Capital], options);
        var second = await client.GetResponseAsync([Capital], options);
        await _client.ForgetAsync("one");
        var third = await client.GetResponseAsync([Capital], options);

        Assert.Equal([0, first.Usage!.InputTokenCount - 1, 0], [first.Usage.CachedInputTokenCount, second.Usage!.CachedInputTokenCount, third.Usage!.CachedInputTokenCount]);
    }

    [Fact]
    public async Task A_model_error_comes_as_what_it_was()
    {
        var client = await _client.OpenChatAsync(Starter);
        var tooLong = new ChatMessage(ChatRole.User, string.Concat(Enumerable.Repeat("word ", 600)));

        var prompt = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([tooLong]));
        var template = await Assert.ThrowsAsync<ModelException>(() => _client.OpenChatAsync(Starter with { Template = "esperanto" }));
        var file = await Assert.ThrowsAsync<ModelException>(() => _client.OpenChatAsync(Starter with { Path = "/nowhere.gguf" }));

        Assert.Equal((ModelError.PromptTooLong, ModelError.Unsupported, ModelError.NotFound), (prompt.Error, template.Error, file.Error));
        Assert.StartsWith("The prompt has 6", prompt.Message, StringComparison.Ordinal);
        Assert.StartsWith("There is no chat template \"esperanto\"", template.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vectors_are_those_of_the_same_process()
    {
        var request = new EmbedderRequest(TestModels.MiniLmPath, "minilm") { Options = new LlamaEmbeddingOptions { Threads = 1 } };
        using var remote = new RemoteEmbeddingGenerator(_client, request);
        await using var local = await LoadedEmbedder.OpenAsync(Engine.Library, request);

        var there = await remote.GenerateAsync(["one", "two"]);
        var here = await local.Generator.GenerateAsync(["one", "two"]);
        var tooLong = await Assert.ThrowsAsync<ModelException>(() => remote.GenerateAsync([string.Concat(Enumerable.Repeat("word ", 600))]));

        Assert.Equal(here.Select(embedding => embedding.Vector.ToArray()), there.Select(embedding => embedding.Vector.ToArray()));
        Assert.Equal(here.Usage!.InputTokenCount, there.Usage!.InputTokenCount);
        Assert.Equal(ModelError.PromptTooLong, tooLong.Error);
    }

    [Fact]
    public async Task Cancelling_ends_the_generation_in_the_engine_and_no_other()
    {
        var client = await _client.OpenChatAsync(Starter);
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var stopped = CountAsync(first.Token);
        var goesOn = CountAsync(second.Token);
        await UsersAsync(2);

        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        await UsersAsync(1);
        var wentOn = !goesOn.IsCompleted;
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => goesOn);
        await UsersAsync(0);

        // Both would have ended together, had the first one not been cancelled there.
        Assert.True(wentOn);

        Task CountAsync(CancellationToken cancellationToken) =>
            client.GetResponseAsync([new ChatMessage(ChatRole.User, "Count from one to five hundred.")], Greedy(400), cancellationToken);
    }

    [Fact]
    public async Task A_client_that_stops_reading_holds_up_nobody()
    {
        var client = await _client.OpenChatAsync(Stories);
        await using var deaf = await EngineConnection.TryOpenAsync(_address, new EngineCall.Chat(Stories, null, [new ChatMessage(ChatRole.User, "Once")], Raw(3000), new LlamaChatOptions { Raw = true }));

        var answer = await client.GetResponseAsync([new ChatMessage(ChatRole.User, "Once upon a time")], Raw(4));

        Assert.NotEmpty(answer.Text);
    }

    [Fact]
    public async Task Something_else_than_a_question_is_answered_with_an_error_and_harms_nobody()
    {
        await using (var stream = await _address.TryConnectAsync(CancellationToken.None))
        {
            await stream!.WriteAsync("GET / HTTP/1.1\r\n"u8.ToArray());
            using var reader = new StreamReader(stream);
            Assert.Contains("hello", await reader.ReadLineAsync(), StringComparison.Ordinal);
            Assert.Contains("The engine process was asked something that it does not know.", await reader.ReadLineAsync(), StringComparison.Ordinal);
        }

        Assert.NotNull(await _client.StatusAsync());
    }

    [Fact]
    public async Task Adapters_act_on_one_model_in_memory_and_not_on_whoever_asks_without_them()
    {
        var path = new RandomAdapter(RandomAdapter.StoriesShape).Write(Path.Combine(_folder, "me.gguf"));
        var adapted = Stories with { Adapters = [new AdapterRequest("me", path, Stories.Pin, 1)] };
        var options = Raw(12);
        options.Temperature = 0;
        var plain = await _client.OpenChatAsync(Stories);
        var mine = await _client.OpenChatAsync(adapted);

        var before = await plain.GetResponseAsync([Capital], options);
        var changed = await mine.GetResponseAsync([Capital], options);
        var after = await plain.GetResponseAsync([Capital], options);

        Assert.Equal(before.Text, after.Text);
        Assert.NotEqual(before.Text, changed.Text);
        Assert.Equal(("stories15M.F16", "stories15M.F16+me"), (after.ModelId, changed.ModelId));
        Assert.Single((await _client.StatusAsync())!.Models);
    }

    [Fact]
    public async Task An_idle_model_is_unloaded_and_loaded_again_and_the_server_ends_when_nobody_comes()
    {
        var client = await _client.OpenChatAsync(Stories);
        await UsersAsync(0);
        Assert.Single((await _client.StatusAsync())!.Models);

        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty((await _client.StatusAsync())!.Models);
        await client.CountTokensAsync([[Capital]], Raw(1));
        await UsersAsync(0);
        while (!_serving.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(5);
        }

        Assert.Null(await _client.StatusAsync());
    }

    [Fact]
    public async Task Two_cannot_take_the_same_seat()
    {
        using var first = await EngineSeat.TakeAsync(_address);

        // Who finds it taken asks whether somebody listens, and leaves it to them.
        var second = await EngineSeat.TakeAsync(_address);

        Assert.NotNull(first);
        Assert.Null(second);
    }

    private static ModelRequest Request(string path, int contextTokens) =>
        new(path, new ModelPin(0, DateTimeOffset.UnixEpoch, "0", ModelPinSource.User)) { Wishes = new RunWishes { ContextTokens = contextTokens, Threads = 1 }, TuningFolder = TestModels.Folder };

    private static ChatOptions Greedy(int maxTokens) => new() { Temperature = 0, MaxOutputTokens = maxTokens };

    private static ChatOptions Raw(int maxTokens) => new() { MaxOutputTokens = maxTokens, RawRepresentationFactory = _ => new LlamaChatOptions { Raw = true } };

    private async Task UsersAsync(int count)
    {
        while ((await _client.StatusAsync())!.Models.Sum(model => model.Users) != count)
        {
            await Task.Delay(5);
        }
    }
}
