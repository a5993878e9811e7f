using ModelContextProtocol.Protocol;

namespace PersonalAi.Tools.Mcp;

/// <summary>Takes a server's question to the user.</summary>
internal static class McpElicitation
{
    private const int LongestMessage = 1_000;

    /// <summary>What the user answers; declined where nobody can be asked, and where the server wants an address opened.</summary>
    public static async Task<ElicitResult> AnswerAsync(
        string server, ElicitRequestParams? request, Func<McpQuestion, CancellationToken, Task<McpAnswer>>? askAsync, CancellationToken cancellationToken = default)
    {
        if (askAsync is null || request is null or { Mode: "url" })
        {
            return new ElicitResult { Action = "decline" };
        }

        var schema = request.RequestedSchema;
        var fields = schema?.Properties.Select(field => McpField.From(field.Key, field.Value, schema.Required?.Contains(field.Key) is true)) ?? [];
        var answer = await askAsync(new McpQuestion(server, UntrustedText.Line(request.Message, LongestMessage), [.. fields]), cancellationToken);
        return answer.Reply switch
        {
            McpReply.Accept => new ElicitResult { Action = "accept", Content = answer.Values.ToDictionary(value => value.Key, value => value.Value) },
            McpReply.Decline => new ElicitResult { Action = "decline" },
            _ => new ElicitResult { Action = "cancel" },
        };
    }
}
