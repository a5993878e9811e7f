using System.Text.Json;

namespace PersonalAi.Memory.Exchange.Conversations;

/// <summary>Reads a conversation of Claude's export: a list of messages, which newer exports also link as a tree.</summary>
internal static class ClaudeConversation
{
    public static ArchivedConversation Read(JsonElement json, string fallbackId)
    {
        var messages = new List<ArchivedMessage>();
        foreach (var message in json.Items("chat_messages"))
        {
            var id = message.Text("uuid") ?? $"{messages.Count}";
            messages.Add(new(id, message.Text("parent_message_uuid") ?? messages.LastOrDefault()?.Id, message.Text("sender") == "human", Words(message))
            {
                At = message.Moment("created_at"),
                Model = "claude",
            });
        }

        return new("claude", json.Text("uuid") ?? fallbackId, messages)
        {
            Title = json.Text("name"),
            CreatedAt = json.Moment("created_at"),
            UpdatedAt = json.Moment("updated_at"),
            Current = json.Text("current_leaf_message_uuid"),
        };
    }

    // The blocks hold what 'text' repeats, with tools and thoughts beside. Attached files are named, not taken for the user's words.
    private static string Words(JsonElement message)
    {
        var blocks = message.Items("content").Where(block => block.Text("type") == "text").Select(block => block.Text("text")).ToList();
        var words = blocks.Count > 0 ? string.Join("\n\n", blocks) : message.Text("text") ?? "";
        var files = message.Items("attachments").Concat(message.Items("files")).Select(file => $"[attachment: {file.Text("file_name") ?? "unnamed"}]").Distinct();
        return string.Join('\n', files.Prepend(words).Where(line => line.Length > 0));
    }
}
