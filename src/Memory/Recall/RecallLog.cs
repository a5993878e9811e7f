using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall;

/// <summary>What was recalled for each turn, so that an answer can say why it is what it is.</summary>
public sealed class RecallLog(MemoryDatabase database, TimeProvider time)
{
    /// <summary>Commits what was recalled for a turn before the model is asked, and counts the use of the facts that it is given.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="memories">What was recalled.</param>
    /// <param name="text">The memories as they stand before the user's words in the window.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task SaveAsync(TurnId turn, PackedMemories memories, string text, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            connection.Execute("update turns set memories = $text where id = $turn", ("$text", text), ("$turn", turn.ToString()));
            foreach (var (rank, memory) in memories.Memories.Index())
            {
                Insert(connection, turn, rank, memory);
            }

            return memories.Memories.Count;
        },
        cancellationToken);

    /// <summary>What was recalled for a turn, the best first; what was forgotten since is not in it.</summary>
    public Task<PackedMemories> ReadAsync(TurnId turn, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => new PackedMemories(connection.Query(
            $"select {PassageRows.Columns}, score, words, cosine, recalls.names as name_score, in_time, tokens, given from recalls join passages on number = passage where recalls.turn = $turn order by rank", Read, ("$turn", turn.ToString()))),
        cancellationToken);

    /// <summary>The facts, turns and documents that these turns were given.</summary>
    public Task<HashSet<Guid>> SourcesGivenAsync(IEnumerable<TurnId> turns, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.Query(
            "select coalesce(fact, passages.turn, document) as source from recalls join passages on number = passage where given and recalls.turn in (select value from json_each($turns))",
            row => row.Id("source"),
            ("$turns", ListOf(turns))).ToHashSet(),
        cancellationToken);

    /// <summary>How many facts that these turns were given have each label.</summary>
    public Task<IReadOnlyDictionary<EgressLabel, int>> LabelsGivenAsync(IEnumerable<TurnId> turns, CancellationToken cancellationToken = default) => database.ReadAsync(
        IReadOnlyDictionary<EgressLabel, int> (connection) => connection.Query(
            """
            select egress, count(distinct facts.id) as count from recalls join passages on passages.number = passage join facts on facts.id = fact
            where given and recalls.turn in (select value from json_each($turns)) group by egress
            """,
            row => (Label: Enum.Parse<EgressLabel>(row.Text("egress"), ignoreCase: true), Count: row.Number("count")),
            ("$turns", ListOf(turns))).ToDictionary(group => group.Label, group => group.Count),
        cancellationToken);

    /// <summary>
    /// Where the words of passages come from, where it was not the user: documents, what was piped into a message, and answers that
    /// were written with such text in the window.
    /// </summary>
    public Task<IReadOnlyList<string>> OriginsAsync(IEnumerable<Passage> passages, CancellationToken cancellationToken = default) => database.ReadAsync(
        IReadOnlyList<string> (connection) => [.. passages.SelectMany(passage => OriginsOf(connection, passage)).Distinct()], cancellationToken);

    private static string ListOf(IEnumerable<TurnId> turns) => $"[{string.Join(',', turns.Select(turn => $"\"{turn}\""))}]";

    private static IReadOnlyList<string> OriginsOf(SqliteConnection connection, Passage passage) => passage.Part switch
    {
        PassagePart.Fact => [],
        PassagePart.Chunk => [$"the document {passage.Citation ?? passage.Heading ?? passage.ShortSource}"],
        PassagePart.Prompt => IsTyped(connection, passage) ? [] : ["what was piped into an earlier message"],
        _ => TurnToolsJson.ReadOrigins(connection.Text("select origins from turns where id = $id", ("$id", passage.Source.ToString()))),
    };

    // Not counted by SQLite, for which a letter beyond the first 65,536 is one and not two.
    private static bool IsTyped(SqliteConnection connection, Passage passage) => connection.Query(
        "select prompt, own_length from turns where id = $id",
        row => row.NumberOrNull("own_length") is not { } own || own >= (passage.Last ?? row.Text("prompt").Length),
        ("$id", passage.Source.ToString())).TrueForAll(isTyped => isTyped);

    private void Insert(SqliteConnection connection, TurnId turn, int rank, PackedMemory memory)
    {
        var (hit, tokens, given) = memory;

        // It may have been forgotten since it was found.
        connection.Execute(
            """
            insert into recalls (turn, rank, passage, score, words, cosine, names, in_time, tokens, given)
            select $turn, $rank, number, $score, $words, $cosine, $names, $time, $tokens, $given from passages where number = $passage
            """,
            ("$turn", turn.ToString()), ("$rank", rank), ("$passage", hit.Passage.Number), ("$score", hit.Score), ("$words", hit.Arms.Words),
            ("$cosine", hit.Arms.Cosine), ("$names", hit.Arms.Names), ("$time", hit.Arms.InTime), ("$tokens", tokens), ("$given", given));
        if (given && hit.Passage.Part == PassagePart.Fact)
        {
            connection.Execute(
                "update facts set uses = uses + 1, used_at = $now where id = $id", ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()), ("$id", hit.Passage.Source.ToString()));
        }
    }

    private static PackedMemory Read(SqliteDataReader row)
    {
        var arms = new ArmScores(row.RealOrNull("words"), row.RealOrNull("cosine"), row.RealOrNull("name_score"), row.NumberOrNull("in_time") is { } inTime ? inTime == 1 : null);
        return new PackedMemory(new MemoryHit(PassageRows.Read(row), row.GetDouble(row.GetOrdinal("score")), arms), row.Number("tokens"), row.Number("given") == 1);
    }
}
