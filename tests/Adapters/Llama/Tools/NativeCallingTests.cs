using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Tools;

/// <summary>A model with random weights and the chat template of another: what it writes is nonsense, and a valid call all the same.</summary>
public sealed class NativeCallingTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hermes", "<|im_start|> <tools> <tool_call> {\"name\", \"arguments\"}")]
    [InlineData("llama-3", "<|start_header_id|> <|end_header_id|> ipython {\"name\", \"parameters\"}")]
    [InlineData("mistral", "[INST] [AVAILABLE_TOOLS] [TOOL_CALLS] [/INST]")]
    public async Task A_required_call_is_valid_in_the_format_of_the_template(string format, string template)
    {
        using var model = LlamaModel.Load(Engine.Library, RandomModel.Write(Path.Combine(_folder.Path, "random.gguf"), new LlamaShape { Context = 2048 }, vocabulary: WithTemplate(template)));
        await using var engine = await LlamaEngine.CreateAsync(model, new LlamaContextOptions { ContextLength = 2048, Threads = 1 }, TestContext.Current.CancellationToken);
        using var client = new LlamaChatClient(engine, "random");

        var response = await client.GetResponseAsync([new(ChatRole.User, "What is the area?")], Options(), TestContext.Current.CancellationToken);

        var call = Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>());
        Assert.Equal((format, "triangle_area", "", ChatFinishReason.ToolCalls), (client.ToolFormat.Name, call.Name, response.Text, response.FinishReason));
        Assert.Equal(["base", "height"], call.Arguments!.Keys.Take(2));
    }

    private static ChatOptions Options() => new()
    {
        Tools = [SomeTools.Area],
        ToolMode = ChatToolMode.RequireAny,
        AllowMultipleToolCalls = false,
        Seed = 1,
        MaxOutputTokens = 300,
    };

    private GgufFile WithTemplate(string template)
    {
        var path = Path.Combine(_folder.Path, "vocabulary.gguf");
        var writer = new GgufWriter();
        foreach (var (key, value) in GgufFile.Read(TestModels.StarterPath).Metadata.Entries)
        {
            writer.Add(key, key == "tokenizer.chat_template" ? template : value);
        }

        using (var output = File.Create(path))
        {
            writer.WriteTo(output);
        }

        return GgufFile.Read(path);
    }
}
