using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace PersonalAi.Assistant.Bench.Recall;

/// <summary>
/// Reads conversations from JSON lines, one each:
/// <c>{"items":[{"id","text","time","session","speaker"}],"questions":[{"question","evidence":["id"],"category"}]}</c>.
/// </summary>
internal static class JsonlRecallFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The conversations of a file.</summary>
    /// <exception cref="UsageException">A line is not of that form.</exception>
    public static async Task<IReadOnlyList<RecallConversation>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        var conversations = new List<RecallConversation>();
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                conversations.Add(Read(path, number, line));
            }
        }

        return conversations;
    }

    private static RecallConversation Read(string path, int number, string line)
    {
        try
        {
            var read = JsonSerializer.Deserialize<Line>(line, Json);
            return read is { Items: { } items, Questions: { } questions }
                ? new RecallConversation(
                    [.. items.Select(item => new RecallItem(Text(item.Id)!, item.Text ?? "", TimeOf(Text(item.Time)), Text(item.Session), item.Speaker))],
                    [.. questions.Select(question => new RecallQuestion(question.Question, [.. question.Evidence.Select(id => Text(id)!)], Text(question.Category) ?? "all"))])
                : throw new JsonException("'items' or 'questions' is missing");
        }
        catch (JsonException error)
        {
            throw new UsageException($"Line {number} of '{path}' is no conversation ({error.Message.TrimEnd('.')}); each line is an object with 'items' and 'questions'.");
        }
    }

    // Ids, sessions and categories may be numbers.
    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private sealed record Line(ImmutableArray<ItemLine>? Items, ImmutableArray<QuestionLine>? Questions);

    private sealed record ItemLine(JsonElement Id, string? Text, JsonElement Time, JsonElement Session, string? Speaker);

    private sealed record QuestionLine(string Question, IReadOnlyList<JsonElement> Evidence, JsonElement Category);
}
