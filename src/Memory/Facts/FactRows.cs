using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Facts;

/// <summary>Rows of the table of facts as records, and what is looked up and written within a transaction.</summary>
internal static class FactRows
{
    public static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    public static List<Fact> QueryFacts(this SqliteConnection connection, string rest, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        connection.Query($"select * from facts {rest}", ReadFact, parameters);

    public static Fact Fact(this SqliteConnection connection, FactId id) =>
        connection.QueryFacts("where id = $id", ("$id", id.ToString())).SingleOrDefault()
        ?? throw new MemoryException(MemoryError.NotFound, $"There is no fact '{id}'; list the facts to choose one.");

    /// <summary>The fact, where it is known now: what is not cannot be changed.</summary>
    public static Fact KnownFact(this SqliteConnection connection, FactId id)
    {
        var fact = connection.Fact(id);
        return fact.RetractedAt is null ? fact : throw new MemoryException(
            MemoryError.Invalid,
            connection.Versions(id).LastOrDefault(version => version.RetractedAt is null) is { } newest
                ? $"The fact '{id}' was replaced by a newer version; change '{newest.Id}' instead."
                : $"The fact '{id}' is not known any more; add it again to change it.");
    }

    /// <summary>All versions of a fact, the oldest first.</summary>
    public static List<Fact> Versions(this SqliteConnection connection, FactId id) =>
        connection.Query($"{ChangeRows.Lineage} select facts.* from facts where id in lineage order by number", ReadFact, ("$id", id.ToString()));

    /// <summary>Writes the row; what it supersedes is known no more.</summary>
    public static void Insert(this SqliteConnection connection, FactId id, NewFact fact, long now)
    {
        if (fact.Supersedes is { } older)
        {
            connection.Execute("update facts set retracted_at = coalesce(retracted_at, $now) where id = $id", ("$now", now), ("$id", connection.Fact(older).Id.ToString()));
        }

        connection.Execute(
            """
            insert into facts (
                id, text, kind, valid_from, valid_to, recorded_at, supersedes, confidence, origin, egress, pinned,
                source_turn, source_start, source_end, source_reference)
            values ($id, $text, $kind, $from, $to, $now, $supersedes, $confidence, $origin, $egress, $pinned, $turn, $start, $end, $reference)
            """,
            ("$id", id.ToString()), ("$text", fact.Text), ("$kind", Word(fact.Kind)), ("$now", now),
            ("$from", fact.Valid.From?.ToUnixTimeMilliseconds()), ("$to", fact.Valid.To?.ToUnixTimeMilliseconds()),
            ("$supersedes", fact.Supersedes?.ToString()), ("$confidence", fact.Confidence), ("$origin", Word(fact.Origin)),
            ("$egress", Word(fact.Egress)), ("$pinned", fact.IsPinned), ("$turn", fact.Source?.Turn.ToString()),
            ("$start", fact.Source?.Start), ("$end", fact.Source?.Start + fact.Source?.Length), ("$reference", fact.Reference));
    }

    public static Fact ReadFact(SqliteDataReader row) =>
        new(new FactId(row.Id("id")), row.Text("text"), Enum.Parse<FactKind>(row.Text("kind"), ignoreCase: true), row.Time("recorded_at"))
        {
            Valid = new Validity(row.TimeOrNull("valid_from"), row.TimeOrNull("valid_to")),
            RetractedAt = row.TimeOrNull("retracted_at"),
            Supersedes = row.IdOrNull("supersedes") is { } older ? new FactId(older) : null,
            Confidence = row.GetDouble(row.GetOrdinal("confidence")),
            Origin = Enum.Parse<FactOrigin>(row.Text("origin"), ignoreCase: true),
            Egress = Enum.Parse<EgressLabel>(row.Text("egress"), ignoreCase: true),
            IsPinned = row.Number("pinned") == 1,
            Uses = row.Number("uses"),
            UsedAt = row.TimeOrNull("used_at"),
            Source = row.IdOrNull("source_turn") is { } turn
                ? new FactSource(new TurnId(turn), row.Number("source_start"), row.Number("source_end") - row.Number("source_start"))
                : null,
            Reference = row.TextOrNull("source_reference"),
        };
}
