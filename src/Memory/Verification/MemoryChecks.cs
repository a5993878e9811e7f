using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Verification;

/// <summary>All that must hold, in the order in which it is repaired: what others are made from comes first.</summary>
internal static class MemoryChecks
{
    private const string Unsourced =
        """
        passages where (fact is not null and fact not in (select id from facts)) or (turn is not null and turn not in (select id from turns))
            or (document is not null and document not in (select id from documents))
        """;

    private const string HalfFact = "facts where not exists (select 1 from passages where fact = facts.id and passages.text = facts.text)";

    private const string StillKnown =
        "facts where retracted_at is null and exists (select 1 from facts as newer where newer.supersedes = facts.id and newer.retracted_at is null)";

    private const string UnusedEntity =
        "entities where number not in (select entity from passage_entities) or number not in (select entity from entity_aliases)";

    private const string EmptyChange = "changes where number not in (select change from change_facts)";

    public static readonly ImmutableArray<MemoryCheck> All =
    [
        new("structure", "places in the file are damaged; restore a backup", Structure),
        Rows("passages", "passages belong to no fact, turn or document", Unsourced),
        new("sources", "facts name words that are not there", connection => BadSources(connection).Count, ClearSources),
        new("facts", "facts are half-written: they cannot be searched", Counted(HalfFact), WritePassages),
        new("versions", "facts were replaced, but are still known", Counted(StillKnown), connection => connection.Execute(
            $"update facts set retracted_at = (select min(recorded_at) from facts as newer where newer.supersedes = facts.id and newer.retracted_at is null) where number in (select number from {StillKnown})")),
        new("turns", "turns are half-indexed", connection => HalfIndexed(connection).Count, IndexAgain),
        Rows("entities", "names belong to nothing", UnusedEntity),
        Rows("journal", "changes touched nothing", EmptyChange),
        new("links", "rows point to something that is not there", connection => connection.Number("select count(*) from pragma_foreign_key_check"), DeleteDangling),
        .. FullTextIndexes.All.Select(index => new MemoryCheck(
            "words", $"full-text index '{index}' does not hold the words that are stored", connection => connection.IsIntact(index) ? 0 : 1, connection => connection.Rebuild(index))),
        new("vectors", "vectors belong to no passage", VectorChecks.Orphans, VectorChecks.DeleteOrphans),
        new("codes", "vectors lack their code, codes their vector, or the two differ", VectorChecks.WrongCodes, VectorChecks.MakeAgain),
        new("queue", "passages lack their vector and are not in line for it, or have it and are", VectorChecks.WrongQueue, VectorChecks.QueueAgain),
        new("cleaning", "steps of forgetting are not done yet; close every other pai and start this one again", Counted("cleaning")),
    ];

    private static MemoryCheck Rows(string name, string sentence, string rows) =>
        new(name, sentence, Counted(rows), connection => connection.Execute($"delete from {rows}"));

    private static Func<SqliteConnection, long> Counted(string rows) => connection => connection.Number($"select count(*) from {rows}");

    // Full-text indexes have a check of their own, which can be repaired; this one ("FTS5 table", "fts5: corruption") is misled by what
    // the connection remembers of an index that another process has written to since.
    private static long Structure(SqliteConnection connection) => connection.Query("pragma integrity_check", row => row.GetString(0))
        .Count(line => line != "ok" && !line.Contains("FTS5", StringComparison.OrdinalIgnoreCase));

    private static List<string> BadSources(SqliteConnection connection) =>
    [
        .. connection.Query(
                """
                select facts.id as id, prompt, source_start, source_end from facts left join turns on turns.id = source_turn where source_turn is not null
                """,
                row => (Id: row.Text("id"), Prompt: row.TextOrNull("prompt"), Start: row.NumberOrNull("source_start"), End: row.NumberOrNull("source_end")))
            .Where(source => !(source.Start >= 0 && source.Start < source.End && source.End <= source.Prompt?.Length))
            .Select(source => source.Id),
    ];

    private static void ClearSources(SqliteConnection connection)
    {
        foreach (var id in BadSources(connection))
        {
            connection.Execute("update facts set source_turn = null, source_start = null, source_end = null where id = $id", ("$id", id));
        }
    }

    private static void WritePassages(SqliteConnection connection)
    {
        foreach (var fact in connection.Query($"select * from {HalfFact}", FactRows.ReadFact))
        {
            connection.Execute("delete from passages where fact = $id", ("$id", fact.Id.ToString()));
            connection.Insert(NewPassage.Of(fact.Id, fact.Text, fact.Valid.From ?? fact.RecordedAt));
        }
    }

    // What is not marked as indexed has no passages, and what is has some, where there are words.
    private static List<string> HalfIndexed(SqliteConnection connection) =>
    [
        .. connection.Query(
                """
                select id, indexed, prompt, answer,
                    exists (select 1 from passages where turn = turns.id and part = 'prompt') as prompts,
                    exists (select 1 from passages where turn = turns.id and part = 'answer') as answers
                from turns
                where (indexed >= 1) <> (prompts and prompt <> '') or (indexed = 2) <> (answers and answer <> '')
                """,
                row => (Id: row.Text("id"), Indexed: row.Number("indexed"), Prompt: row.Text("prompt"), Answer: row.Text("answer"), Prompts: row.Number("prompts") == 1, Answers: row.Number("answers") == 1))
            .Where(turn => turn.Prompts != (turn.Indexed >= 1 && TextPieces.Split(turn.Prompt).Any()) || turn.Answers != (turn.Indexed == 2 && TextPieces.Split(turn.Answer).Any()))
            .Select(turn => turn.Id),
    ];

    private static void IndexAgain(SqliteConnection connection)
    {
        foreach (var id in HalfIndexed(connection))
        {
            connection.Execute("delete from passages where turn = $id; update turns set indexed = 0 where id = $id", ("$id", id));
        }
    }

    private static void DeleteDangling(SqliteConnection connection) => connection.Execute(
        """
        update facts set supersedes = null where supersedes not in (select id from facts);
        delete from summaries where through_turn not in (select id from turns);
        delete from recalls where turn not in (select id from turns) or passage not in (select number from passages);
        delete from passage_entities where passage not in (select number from passages) or entity not in (select number from entities);
        delete from entity_aliases where entity not in (select number from entities);
        delete from change_facts where fact not in (select id from facts) or change not in (select number from changes);
        delete from vector_codes where passage not in (select number from passages) or space not in (select number from embedding_spaces);
        delete from vectors_to_make where passage not in (select number from passages) or space not in (select number from embedding_spaces);
        """);
}
