using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Templates;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>Writes a conversation in which tools were called as the plain messages that chat templates know.</summary>
/// <remarks>
/// What the model wrote is written back word for word, its thoughts and calls in it, so that the KV cache still holds it. A result is what
/// the format makes of it; several that follow each other are one message, since some templates want roles to alternate.
/// </remarks>
internal static class ToolConversation
{
    private static readonly JsonSerializerOptions OneLine = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <param name="format">How calls and results are written.</param>
    /// <param name="messages">The conversation.</param>
    /// <param name="tools">What explains the tools, which is put behind its system text; null where nothing is.</param>
    public static IReadOnlyList<TemplateMessage> Write(ToolFormat format, IEnumerable<ChatMessage> messages, TextContent? tools)
    {
        var conversation = WithTools(messages, tools);
        var names = conversation.SelectMany(message => message.Contents).OfType<FunctionCallContent>()
            .GroupBy(call => call.CallId).ToDictionary(calls => calls.Key, calls => calls.Last().Name);
        var written = new List<TemplateMessage>();
        for (var i = 0; i < conversation.Count;)
        {
            var results = conversation.Skip(i).TakeWhile(IsResult).ToList();
            if (results.Count == 0)
            {
                written.Add(Of(format, conversation[i++]));
                continue;
            }

            i += results.Count;
            var message = Of(format, results.SelectMany(result => result.Contents).OfType<FunctionResultContent>(), names);

            // A turn that was stopped after its tools ran is followed by another question.
            if (message.Role == ChatRole.User && i < conversation.Count && conversation[i].Role == ChatRole.User)
            {
                message = message with { Text = $"{message.Text}\n\n{Of(format, conversation[i++]).Text}" };
            }

            written.Add(message);
        }

        return written;
    }

    private static bool IsResult(ChatMessage message) => message.Contents.Any(content => content is FunctionResultContent);

    private static List<ChatMessage> WithTools(IEnumerable<ChatMessage> messages, TextContent? tools)
    {
        var conversation = messages.ToList();
        if (tools is null)
        {
            return conversation;
        }

        // Instructions may stand in a system message of their own, before another.
        var last = conversation.TakeWhile(message => message.Role == ChatRole.System).Count() - 1;
        if (last < 0)
        {
            return [new ChatMessage(ChatRole.System, [tools]), .. conversation];
        }

        conversation[last] = new ChatMessage(ChatRole.System, [.. conversation[last].Contents, new TextContent("\n\n"), tools]);
        return conversation;
    }

    private static TemplateMessage Of(ToolFormat format, IEnumerable<FunctionResultContent> results, Dictionary<string, string> names)
    {
        var texts = results.Select(result => (names.GetValueOrDefault(result.CallId), Defuse(format, TextOf(result.Result))));
        return new TemplateMessage(format.ResultRole, format.WriteResults(texts)) { Controls = format.Tags };
    }

    private static TemplateMessage Of(ToolFormat format, ChatMessage message) => message.Role == ChatRole.Assistant
        ? new TemplateMessage(message.Role, AnswerOf(format, message)) { Controls = format.Tags is { Count: > 0 } tags ? tags : null }
        : Of(format, message.Role, message.Contents);

    private static TemplateMessage Of(ToolFormat format, ChatRole role, IEnumerable<AIContent> contents)
    {
        var texts = contents.OfType<TextContent>().ToList();
        return texts.Exists(ToolFormat.IsMarkup)
            ? new TemplateMessage(role, string.Concat(texts.Select(text => ToolFormat.IsMarkup(text) ? text.Text : Defuse(format, text.Text)))) { Controls = format.Tags }
            : new TemplateMessage(role, Defuse(format, string.Concat(texts.Select(text => text.Text))));
    }

    private static string AnswerOf(ToolFormat format, ChatMessage message)
    {
        var text = string.Concat(message.Contents.Select(content => content switch
        {
            TextReasoningContent reasoning => reasoning.Text,
            TextContent said => said.Text,
            _ => "",
        }));
        var calls = message.Contents.OfType<FunctionCallContent>().ToList();
        return calls.Count == 0 || message.Contents.Any(content => content is TextReasoningContent)
            ? text
            : string.Join('\n', new[] { text, format.WriteCalls(calls) }.Where(part => part.Length > 0));
    }

    // A space is put into what would look like the format's own mark.
    private static string Defuse(ToolFormat format, string text) =>
        format.Tags.Aggregate(text, (result, tag) => result.Replace(tag, tag.Insert(1, " "), StringComparison.Ordinal));

    private static string TextOf(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement value => value.GetRawText(),
        _ => JsonSerializer.Serialize(result, OneLine),
    };
}
