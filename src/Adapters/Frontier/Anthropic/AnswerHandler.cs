using PersonalAi.Adapters.Frontier.Answers;

namespace PersonalAi.Adapters.Frontier.Anthropic;

/// <summary>Stands between Anthropic's SDK and the network: takes headers out of requests, and looks at answers.</summary>
/// <param name="watch">Looks at them.</param>
/// <param name="hasKey">Whether the server gets a key.</param>
internal sealed class AnswerHandler(AnswerWatch watch, bool hasKey) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var header in request.Headers.Where(header => !RequestHeaders.Leaves(header.Key, hasKey)).ToList())
        {
            request.Headers.Remove(header.Key);
        }

        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            var type = response.Content.Headers.ContentType;
            var head = new AnswerHead((int)response.StatusCode, type?.ToString(), response.Headers.RetryAfter?.ToString());
            response.Content = new StreamContent(await watch.AdmitAsync(head, await response.Content.ReadAsStreamAsync(cancellationToken)));
            response.Content.Headers.ContentType = type;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
