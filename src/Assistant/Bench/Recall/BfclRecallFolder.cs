using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PersonalAi.Assistant.Bench.Recall;

/// <summary>
/// Reads the memory part of the Berkeley Function-Calling Leaderboard (v4): the conversations of a folder, its questions, and the
/// turns that their source sentences were taken from.
/// </summary>
internal static partial class BfclRecallFolder
{
    private const string Questions = "BFCL_v4_memory.json";

    /// <summary>One conversation for each scenario.</summary>
    /// <param name="path">The folder, or the file of questions in it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="UsageException">A file is missing or of another form.</exception>
    public static async Task<IReadOnlyList<RecallConversation>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        var questions = await LinesAsync(Path.Combine(folder, Questions), cancellationToken);
        var answers = await LinesAsync(Path.Combine(folder, "possible_answer", Questions), cancellationToken);
        var conversations = new List<RecallConversation>();
        foreach (var scenario in questions.GroupBy(question => question.GetProperty("scenario").GetString()!))
        {
            var sessions = await LinesAsync(Path.Combine(folder, "memory_prereq_conversation", $"memory_{scenario.Key}.json"), cancellationToken);
            ImmutableArray<RecallItem> items = [.. sessions.SelectMany(ItemsOf)];
            var sources = answers.ToDictionary(answer => answer.GetProperty("id").GetString()!, answer => answer.GetProperty("source").GetString()!);
            conversations.Add(new RecallConversation(
                items,
                [.. scenario.Select(question => new RecallQuestion(TextOf(question.GetProperty("question")[0]), EvidenceOf(sources[question.GetProperty("id").GetString()!], items), scenario.Key))]));
        }

        return conversations;
    }

    private static async Task<List<JsonElement>> LinesAsync(string path, CancellationToken cancellationToken)
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

    private static IEnumerable<RecallItem> ItemsOf(JsonElement session)
    {
        var id = session.GetProperty("id").GetString()!;
        return session.GetProperty("question").EnumerateArray()
            .Select((messages, number) => new RecallItem($"{id}:{number}", TextOf(messages), Time: null, id, "user"));
    }

    private static string TextOf(JsonElement messages) => string.Join('\n', messages.EnumerateArray().Select(message => message.GetProperty("content").GetString()));

    // A source is a sentence, or parts of one with '...' between them, sometimes shortened: the turns that hold most of its word triples.
    private static ImmutableArray<string> EvidenceOf(string source, ImmutableArray<RecallItem> items)
    {
        var triples = source.Split("...").SelectMany(Triples).ToHashSet();
        var shares = items.Select(item => (item.Id, Shared: Triples(item.Text).ToHashSet().Intersect(triples).Count())).ToList();
        var most = shares.Max(item => item.Shared);
        return most == 0 ? [] : [.. shares.Where(item => item.Shared == most).Select(item => item.Id)];
    }

    private static IEnumerable<string> Triples(string text)
    {
        var words = Word().Matches(text.ToLowerInvariant()).Select(match => match.Value).ToList();
        return words.Count < 3 ? [string.Join(' ', words)] : Enumerable.Range(0, words.Count - 2).Select(start => string.Join(' ', words.Skip(start).Take(3)));
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
