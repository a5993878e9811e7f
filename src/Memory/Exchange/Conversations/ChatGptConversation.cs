using System.Text.Json;

namespace PersonalAi.Memory.Exchange.Conversations;

/// <summary>Reads a conversation of ChatGPT's export: nodes in a mapping, each with its parent and perhaps a message.</summary>
internal static class ChatGptConversation
{
    public static ArchivedConversation Read(JsonElement json, string fallbackId) =>
        new("chatgpt", json.Text("conversation_id") ?? json.Text("id") ?? fallbackId, [.. Messages(json)])
        {
            Title = json.Text("title"),
            CreatedAt = json.Moment("create_time"),
            UpdatedAt = json.Moment("update_time"),
            Current = json.Text("current_node"),
        };

    private static IEnumerable<ArchivedMessage> Messages(JsonElement json) => json.Member("mapping") is { ValueKind: JsonValueKind.Object } mapping
        ? mapping.EnumerateObject().Select(node => Message(node.Name, node.Value))
        : [];

    private static ArchivedMessage Message(string id, JsonElement node)
    {
        var message = node.Member("message") ?? default;
        var metadata = message.Member("metadata") ?? default;
        var role = message.Member("author")?.Text("role");
        var isHidden = metadata.Member("is_visually_hidden_from_conversation") is { ValueKind: JsonValueKind.True };

        // What the model sends to a tool, and what a tool answers, is no part of what was said.
        var isSaid = role is "user" or "assistant" && !isHidden && message.Text("recipient") is null or "all";
        return new(id, node.Text("parent"), role == "user" && !isHidden, isSaid && message.Member("content") is { } content ? Words(content) : "")
        {
            At = message.Moment("create_time"),
            Model = metadata.Text("model_slug") is { Length: > 0 } slug ? $"chatgpt/{slug}" : null,
        };
    }

    private static string Words(JsonElement content) => content.Text("content_type") switch
    {
        "text" or "multimodal_text" or null => string.Join('\n', content.Items("parts").Select(Part).Where(part => part.Length > 0)),
        "code" => $"```{content.Text("language")?.Replace("unknown", "", StringComparison.Ordinal)}\n{content.Text("text")}\n```",
        _ => "",
    };

    private static string Part(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.String => part.Text(),
        JsonValueKind.Object => part.Text("text") ?? part.Text("content_type") switch
        {
            "image_asset_pointer" => "[image]",
            { } type when type.Contains("audio", StringComparison.Ordinal) => "[audio]",
            { } type when type.Contains("video", StringComparison.Ordinal) => "[video]",
            _ => "[attachment]",
        },
        _ => "",
    };
}
