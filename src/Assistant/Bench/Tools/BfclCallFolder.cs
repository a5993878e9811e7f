using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace PersonalAi.Assistant.Bench.Tools;

/// <summary>Reads the function calls of the Berkeley Function-Calling Leaderboard (v4): questions, and the calls that are right.</summary>
internal static class BfclCallFolder
{
    /// <summary>The category in which nothing must be called.</summary>
    public const string Irrelevance = "irrelevance";

    private static readonly ImmutableArray<string> Categories = ["simple_python", "multiple", "parallel", Irrelevance];

    /// <summary>The questions of all categories that the folder holds.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="limit">How many of each category, the first ones; null for all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="UsageException">There is no category, or a file is missing or of another form.</exception>
    public static async Task<IReadOnlyList<ToolQuestion>> ReadAsync(string path, int? limit = null, CancellationToken cancellationToken = default)
    {
        var questions = new List<ToolQuestion>();
        foreach (var category in Categories.Where(category => File.Exists(FileOf(path, category))))
        {
            questions.AddRange(await ReadAsync(path, category, limit ?? int.MaxValue, cancellationToken));
        }

        return questions.Count > 0
            ? questions
            : throw new UsageException($"'{path}' holds no questions; give the folder with '{Path.GetFileName(FileOf(path, Categories[0]))}' and its like with --data.");
    }

    private static async Task<IEnumerable<ToolQuestion>> ReadAsync(string folder, string category, int limit, CancellationToken cancellationToken)
    {
        var path = FileOf(folder, category);
        var lines = (await LinesAsync(path, cancellationToken)).Take(limit);
        var answers = category == Irrelevance
            ? []
            : (await LinesAsync(Path.Combine(folder, "possible_answer", Path.GetFileName(path)), cancellationToken)).ToDictionary(answer => Text(answer, "id"));
        try
        {
            return [.. lines.Select(line => QuestionOf(category, line, answers))];
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException)
        {
            throw new UsageException($"The file '{path}' is of another form ({error.Message.TrimEnd('.')}); fetch it again.");
        }
    }

    private static string FileOf(string folder, string category) => Path.Combine(folder, $"BFCL_v4_{category}.json");

    private static async Task<IReadOnlyList<JsonElement>> LinesAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"The file '{path}' is missing; give the folder of the leaderboard's data with --data.");
        }

        try
        {
            return [.. (await File.ReadAllLinesAsync(path, cancellationToken)).Where(line => line.Length > 0).Select(line => JsonElement.Parse(line))];
        }
        catch (JsonException error)
        {
            throw new UsageException($"The file '{path}' has a line that is no JSON ({error.Message.TrimEnd('.')}); fetch it again.");
        }
    }

    private static ToolQuestion QuestionOf(string category, JsonElement line, Dictionary<string, JsonElement> answers)
    {
        var id = Text(line, "id");
        return new ToolQuestion(
            id,
            category,
            [.. line.GetProperty("question")[0].EnumerateArray().Select(message => new ChatMessage(new ChatRole(Text(message, "role")), Text(message, "content")))],
            [.. line.GetProperty("function").EnumerateArray().Select(function => new BfclFunction(Text(function, "name"), Text(function, "description"), function.GetProperty("parameters")))],
            category == Irrelevance ? [] : [.. answers[id].GetProperty("ground_truth").EnumerateArray().Select(CallOf)]);
    }

    private static ExpectedCall CallOf(JsonElement call)
    {
        var function = call.EnumerateObject().Single();
        return new ExpectedCall(function.Name, function.Value.EnumerateObject().ToImmutableDictionary(argument => argument.Name, argument => argument.Value));
    }

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;
}
