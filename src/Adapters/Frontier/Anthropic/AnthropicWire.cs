using Anthropic;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Frontier.Answers;

namespace PersonalAi.Adapters.Frontier.Anthropic;

/// <summary>Anthropic's own SDK, which is an <see cref="IChatClient"/> by itself.</summary>
internal static class AnthropicWire
{
    // Without a key of ours the SDK would look for one of its own, in variables and files, and might ask a server for it.
    private const string NoKey = "none";

    /// <summary>A client for one request. A temperature is not sent: the API does not take one.</summary>
    public static IChatClient Open(FrontierModel model, FrontierKey? key, FrontierOptions options, HttpClient http, AnswerWatch watch)
    {
        // Not disposed: it would take the HTTP client with it.
        return new AnthropicClient
        {
            HttpClient = http,
            Handlers = [new AnswerHandler(watch, hasKey: key is not null)],
            BaseUrl = model.Endpoint.Address.AbsoluteUri.TrimEnd('/'),
            ApiKey = key?.Reveal() ?? NoKey,
            MaxRetries = 0,
            Timeout = Timeout.InfiniteTimeSpan,
            OpenTelemetry = new() { Traces = false },
        }.AsIChatClient(model.Model, options.MaxOutputTokens);
    }
}
