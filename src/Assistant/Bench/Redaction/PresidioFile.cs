using System.Text.Json;

namespace PersonalAi.Assistant.Bench.Redaction;

/// <summary>Reads texts with labels as the Presidio project's generator writes them: one JSON array of objects with <c>full_text</c> and <c>spans</c>.</summary>
internal static class PresidioFile
{
    /// <summary>All texts of a file.</summary>
    /// <exception cref="UsageException">The file is missing, is not JSON, or is of another form.</exception>
    public static async Task<IReadOnlyList<LabelledText>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"The file '{path}' is missing; give a file of labelled texts with --data.");
        }

        try
        {
            await using var file = File.OpenRead(path);
            using var json = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
            var texts = json.RootElement.EnumerateArray().Select(TextOf).ToList();
            return texts.Count > 0 ? texts : throw new UsageException($"The file '{path}' holds no texts; give a file of labelled texts with --data.");
        }
        catch (JsonException error)
        {
            throw new UsageException($"The file '{path}' is no JSON ({error.Message.Split('.')[0]}); give a file of labelled texts with --data.", error);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            throw new UsageException($"The file '{path}' is of another form ({error.Message.Split('.', '\n')[0].Trim()}); 'pai bench redact --help' shows the one that is read.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The file '{path}' cannot be read: {error.Message}", error);
        }
    }

    private static LabelledText TextOf(JsonElement element)
    {
        var text = element.GetProperty("full_text").GetString() ?? throw new FormatException("'full_text' is null");
        return new LabelledText(text, [.. element.GetProperty("spans").EnumerateArray().Select(span => LabelOf(span, text))]);
    }

    // Positions count characters (code points), which are two units here where they lie beyond the basic plane.
    private static Label LabelOf(JsonElement span, string text)
    {
        var start = UnitAt(text, span.GetProperty("start_position").GetInt32());
        var end = UnitAt(text, span.GetProperty("end_position").GetInt32());
        var type = span.GetProperty("entity_type").GetString() ?? throw new FormatException("'entity_type' is null");
        return end > start ? new Label(start, end - start, type) : throw new FormatException($"a span of '{type}' ends before it begins");
    }

    private static int UnitAt(string text, int position)
    {
        var unit = 0;
        for (var i = 0; i < position; i++)
        {
            unit += unit < text.Length ? char.IsSurrogatePair(text, Math.Min(unit, text.Length - 1)) ? 2 : 1 : throw new FormatException($"the position {position} is behind the end of its text");
        }

        return unit;
    }
}
