using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama;

public sealed class PrefixReuseTests : IDisposable
{
    private static readonly JsonElement Words = JsonElement.Parse("""{ "type": "string", "pattern": "^[A-Za-z ,.]{200,}$" }""");

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // A model with random weights writes words in tokens that no tokeniser would take: the hardest case for finding its answers again.
    [Theory]
    [InlineData("llama2")]
    [InlineData("zephyr")]
    [InlineData("chatml")]
    public async Task In_twenty_turns_no_token_is_evaluated_twice(string template)
    {
        using var model = LlamaModel.Load(Engine.Library, RandomModel.Write(Path.Combine(_folder.Path, "random.gguf"), new LlamaShape { Context = 4096 }));
        await using var engine = await LlamaEngine.CreateAsync(model, new LlamaContextOptions { ContextLength = 4096, Threads = 1 }, TestContext.Current.CancellationToken);
        using var client = new LlamaChatClient(engine, "random", template);
        var conversation = new List<ChatMessage> { new(ChatRole.System, "You are a helpful assistant who answers briefly.") };
        var before = 0L;
        for (var turn = 0; turn < 20; turn++)
        {
            conversation.Add(new ChatMessage(ChatRole.User, $"Question {turn}: what do you think about the number {turn * 7}? (It is the {turn}th of November.)"));

            var response = await client.GetResponseAsync(conversation, Options(turn), TestContext.Current.CancellationToken);

            // The answer's last token was never evaluated, and round its end some templates write white space that the model did not.
            var usage = response.Usage!;
            Assert.InRange(before - usage.CachedInputTokenCount!.Value, long.MinValue, 3);
            before = usage.TotalTokenCount!.Value;
            conversation.Add(new ChatMessage(ChatRole.Assistant, response.Text));
        }
    }

    private static ChatOptions Options(int turn) => new()
    {
        MaxOutputTokens = 40,
        Seed = turn,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(Words),
        RawRepresentationFactory = _ => new LlamaChatOptions { Conversation = "one" },
    };
}
