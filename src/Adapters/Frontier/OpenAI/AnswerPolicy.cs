using System.ClientModel.Primitives;
using PersonalAi.Adapters.Frontier.Answers;

namespace PersonalAi.Adapters.Frontier.OpenAI;

/// <summary>Stands between OpenAI's SDK and the network: takes headers out of requests, and looks at answers.</summary>
/// <param name="watch">Looks at them.</param>
/// <param name="hasKey">Whether the server gets a key.</param>
internal sealed class AnswerPolicy(AnswerWatch watch, bool hasKey) : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        foreach (var header in message.Request.Headers.Where(header => !RequestHeaders.Leaves(header.Key, hasKey)).ToList())
        {
            message.Request.Headers.Remove(header.Key);
        }

        await ProcessNextAsync(message, pipeline, currentIndex);
        var response = message.Response!;
        var head = new AnswerHead(response.Status, Header(response, "Content-Type"), Header(response, "Retry-After"));
        response.ContentStream = await watch.AdmitAsync(head, response.ContentStream ?? Stream.Null);
    }

    private static string? Header(PipelineResponse response, string name) => response.Headers.TryGetValue(name, out var value) ? value : null;
}
