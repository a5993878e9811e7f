using System.Text.Json;

namespace PersonalAi.Tools.Mcp;

/// <summary>Reads the entries of the file of MCP servers; what it does not know is left alone.</summary>
internal static class McpEntryReader
{
    /// <summary>The entries.</summary>
    /// <exception cref="FormatException">One cannot be used; the message is a sentence that names it.</exception>
    public static IEnumerable<McpServerEntry> Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("""it must hold an object, {"mcpServers": {...}}.""");
        }

        return root.TryGetProperty("mcpServers", out var servers) ? Named(servers, "mcpServers").Select(server => Entry(server.Name, server.Value)) : [];
    }

    private static McpServerEntry Entry(string name, JsonElement value)
    {
        Require(value.ValueKind == JsonValueKind.Object, name, "must be an object");
        var command = Text(value, name, "command");
        var url = Text(value, name, "url");
        Require(command is null != url is null, name, "needs either a 'command' or a 'url'");
        return new McpServerEntry(name)
        {
            Command = command,
            Arguments = List(value, name, "args"),
            Environment = Texts(value, name, "env"),
            WorkingDirectory = Text(value, name, "cwd"),
            Url = url is null ? null : McpAddress.Parse(url, why => throw Wrong(name, why)),
            Headers = Texts(value, name, "headers"),
            Risk = Risk(value, name) ?? ToolRisk.LeavesMachine,
            ToolRisks = ToolRisks(value, name),
            IsDisabled = value.TryGetProperty("disabled", out var disabled) && disabled.ValueKind == JsonValueKind.True,
        };
    }

    private static Dictionary<string, ToolRisk> ToolRisks(JsonElement value, string name) => value.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Object
        ? tools.EnumerateObject()
            .Where(tool => tool.Value.ValueKind == JsonValueKind.Object)
            .Select(tool => (tool.Name, Risk: Risk(tool.Value, name)))
            .Where(tool => tool.Risk is not null)
            .ToDictionary(tool => tool.Name, tool => tool.Risk!.Value)
        : [];

    private static ToolRisk? Risk(JsonElement value, string name) => Text(value, name, "risk") switch
    {
        null => null,
        "reads-local" => ToolRisk.ReadsLocal,
        "changes-local" => ToolRisk.ChangesLocal,
        "leaves-machine" => ToolRisk.LeavesMachine,
        var other => throw Wrong(name, $"has the risk '{other}'; write 'reads-local', 'changes-local' or 'leaves-machine'"),
    };

    private static string? Text(JsonElement value, string name, string key)
    {
        if (!value.TryGetProperty(key, out var text) || text.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        Require(text.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(text.GetString()), name, $"needs a text for '{key}'");
        return text.GetString();
    }

    private static string[] List(JsonElement value, string name, string key)
    {
        if (!value.TryGetProperty(key, out var list))
        {
            return [];
        }

        Require(list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String), name, $"needs a list of texts for '{key}'");
        return [.. list.EnumerateArray().Select(item => item.GetString()!)];
    }

    private static Dictionary<string, string> Texts(JsonElement value, string name, string key)
    {
        if (!value.TryGetProperty(key, out var texts))
        {
            return [];
        }

        Require(texts.ValueKind == JsonValueKind.Object && texts.EnumerateObject().All(text => text.Value.ValueKind == JsonValueKind.String), name, $"needs an object of texts for '{key}'");
        return Named(texts, key).ToDictionary(text => text.Name, text => text.Value.GetString()!);
    }

    // Of two values with one name a reader sees one and another program the other.
    private static JsonElement.ObjectEnumerator Named(JsonElement value, string key)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"'{key}' must be an object.");
        }

        return value.EnumerateObject().GroupBy(property => property.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new FormatException($"'{twice.Key}' stands twice in '{key}'.")
            : value.EnumerateObject();
    }

    private static void Require(bool holds, string name, string why)
    {
        if (!holds)
        {
            throw Wrong(name, why);
        }
    }

    private static FormatException Wrong(string name, string why) => new($"the MCP server '{name}' {why}.");
}
