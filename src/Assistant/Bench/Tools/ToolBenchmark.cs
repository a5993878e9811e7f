using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Adapters.Llama.Tools;
using PersonalAi.Tools;

namespace PersonalAi.Assistant.Bench.Tools;

/// <summary>Asks a model questions with functions on offer, and compares what it calls with what is right.</summary>
/// <param name="client">The model.</param>
/// <param name="calling">How it is held to the form of a call.</param>
internal sealed class ToolBenchmark(ILocalChatClient client, ToolCalling calling)
{
    // Enough for the longest right answer; a model that rambles is not waited for.
    private const int MostTokens = 256;

    /// <summary>Asks one question.</summary>
    public async Task<ToolScore> AskAsync(ToolQuestion question, CancellationToken cancellationToken = default)
    {
        var calls = new List<FunctionCallContent>();
        long? tokens = null;
        await foreach (var update in client.GetStreamingResponseAsync(question.Messages, Options(question), cancellationToken))
        {
            calls.AddRange(update.Contents.OfType<FunctionCallContent>());
            tokens = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details.OutputTokenCount ?? tokens;
            if (IsDecided(update))
            {
                break;
            }
        }

        var made = calls.ConvertAll(call => new MadeCall(call.Name, ArgumentsOf(call)));
        var valid = 0;
        foreach (var call in made)
        {
            valid += await IsValidAsync(question, call, cancellationToken) ? 1 : 0;
        }

        return new ToolScore(question.Category, AstCheck.Matches(question, made), made.Count, valid, made.Count > 0 ? tokens : null);
    }

    // In our own format the answer comes only after the model has said that it calls nothing.
    private bool IsDecided(ChatResponseUpdate update) =>
        calling != ToolCalling.Free && !client.ToolFormat.IsNative && update.Contents.Any(content => content is TextContent);

    private ChatOptions Options(ToolQuestion question) => new()
    {
        Tools = [.. question.Functions.Select(function => function.Declare())],
        MaxOutputTokens = MostTokens,
        Temperature = 0,
        RawRepresentationFactory = _ => new LlamaChatOptions { ToolCalling = calling, Sampling = new SamplingOptions { RepeatPenalty = 1 } },
    };

    private static async Task<bool> IsValidAsync(ToolQuestion question, MadeCall call, CancellationToken cancellationToken) =>
        question.Functions.FirstOrDefault(function => function.Name == call.Name) is { } function
        && await ArgumentCheck.ProblemAsync(function.Declare().JsonSchema, JsonSerializer.SerializeToElement(call.Arguments), cancellationToken) is null;

    private static ImmutableDictionary<string, JsonElement> ArgumentsOf(FunctionCallContent call) =>
        call.Arguments?.ToImmutableDictionary(argument => argument.Key, argument => JsonSerializer.SerializeToElement(argument.Value)) ?? [];
}
