using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PersonalAi.Tools.Mcp;

/// <summary>Changes the text of the file of MCP servers at one place, so that everything else stays byte for byte.</summary>
internal sealed class McpConfigurationEdit(string text)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] _text = Encoding.UTF8.GetBytes(text);

    /// <summary>With one more server, which becomes the first.</summary>
    public string With(McpServerEntry entry)
    {
        var property = $"{JsonSerializer.Serialize(entry.Name)}: {Json(entry).ToJsonString(Readable)}".ReplaceLineEndings("\n");
        if (_text.Length == 0)
        {
            return $"{{\n  \"mcpServers\": {{\n{Indented(property, 4)}\n  }}\n}}\n";
        }

        if (Find(["mcpServers"]) is { } servers)
        {
            return Inserted(servers.ValueStart + 1, Indented(property, 4), servers.IsEmpty, "  ");
        }

        var root = Find([])!.Value;
        return Inserted(root.ValueStart + 1, $"  \"mcpServers\": {{\n{Indented(property, 4)}\n  }}", root.IsEmpty, "");
    }

    /// <summary>Without a server that is there.</summary>
    public string Without(string name)
    {
        var server = Find(["mcpServers", name])!.Value;
        (var start, var end) = (server.Start, server.End);
        var rest = Trimmed(end);
        if (rest < _text.Length && _text[rest] == ',')
        {
            end = rest + 1;
        }
        else if (LastBefore(start) is { } comma && _text[comma] == ',')
        {
            start = comma;
        }

        // The line that it began on goes with it.
        while (start > 0 && _text[start - 1] is (byte)' ' or (byte)'\t')
        {
            start--;
        }

        return Text(0, start > 0 && _text[start - 1] == '\n' && end < _text.Length && _text[end] == '\n' ? start - 1 : start) + Text(end, _text.Length);
    }

    private string Inserted(int at, string property, bool isOnly, string indentation) =>
        $"{Text(0, at)}\n{property}{(isOnly ? $"\n{indentation}" : ",")}{Text(at, _text.Length)}";

    private string Text(int start, int end) => Encoding.UTF8.GetString(_text.AsSpan(start..end));

    private int Trimmed(int at)
    {
        while (at < _text.Length && char.IsWhiteSpace((char)_text[at]))
        {
            at++;
        }

        return at;
    }

    private int? LastBefore(int at)
    {
        at--;
        while (at >= 0 && char.IsWhiteSpace((char)_text[at]))
        {
            at--;
        }

        return at < 0 ? null : at;
    }

    private Place? Find(ReadOnlySpan<string> path)
    {
        var reader = new Utf8JsonReader(_text, McpConfiguration.Lenient);
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        foreach (var name in path)
        {
            do
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    return null;
                }

                start = (int)reader.TokenStartIndex;
                var isIt = reader.ValueTextEquals(name);
                reader.Read();
                if (isIt)
                {
                    break;
                }

                reader.Skip();
            }
            while (true);
        }

        var value = (int)reader.TokenStartIndex;
        var ahead = reader;
        ahead.Read();
        reader.Skip();
        return new Place(start, value, (int)reader.BytesConsumed, ahead.TokenType == JsonTokenType.EndObject);
    }

    private static JsonObject Json(McpServerEntry entry)
    {
        var json = new JsonObject();
        if (entry.Url is { } url)
        {
            json["type"] = "http";
            json["url"] = url.ToString();
            AddTexts("headers", entry.Headers);
            return json;
        }

        json["command"] = entry.Command;
        json["args"] = new JsonArray([.. entry.Arguments.Select(argument => (JsonNode)argument)]);
        AddTexts("env", entry.Environment);
        return json;

        void AddTexts(string key, IReadOnlyDictionary<string, string> texts)
        {
            if (texts.Count > 0)
            {
                json[key] = new JsonObject(texts.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)text.Value)));
            }
        }
    }

    private static string Indented(string lines, int spaces) => string.Join('\n', lines.Split('\n').Select(line => new string(' ', spaces) + line));

    // From the name of a property to the end of its value, in bytes.
    private readonly record struct Place(int Start, int ValueStart, int End, bool IsEmpty);
}
