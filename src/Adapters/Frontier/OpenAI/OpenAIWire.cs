using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using PersonalAi.Adapters.Frontier.Answers;

namespace PersonalAi.Adapters.Frontier.OpenAI;

/// <summary>OpenAI's own SDK, behind an adapter of ours, since its <see cref="IChatClient"/> is in a package that is not to be had here.</summary>
internal static class OpenAIWire
{
    // The SDK wants one; AnswerPolicy does not let it leave.
    private const string NoKey = "none";

    /// <summary>A client for one request.</summary>
    public static IChatClient Open(FrontierModel model, FrontierKey? key, FrontierOptions options, HttpClient http, AnswerWatch watch)
    {
        var sdk = new OpenAIClientOptions
        {
            Endpoint = model.Endpoint.Address,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            EnableDistributedTracing = false,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        };
        sdk.AddPolicy(new AnswerPolicy(watch, hasKey: key is not null), PipelinePosition.BeforeTransport);
        var chat = new ChatClient(model.Model, new ApiKeyCredential(key?.Reveal() ?? NoKey), sdk);
        return new OpenAIChatClient(chat, options, model.Endpoint.IsSelfHosted);
    }
}
