using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Documents.Reading;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall.Index;

/// <summary>Rows of the table of passages as records, and how they are written, with the names in them, within a transaction.</summary>
internal static class PassageRows
{
    /// <summary>What <see cref="Read"/> reads, of a query in which the table bears its own name.</summary>
    public const string Columns =
        "passages.*, coalesce(passages.fact, passages.turn, passages.document) as source, "
        + "(select location from documents where id = passages.document) as location, (select unit from documents where id = passages.document) as unit";

    /// <summary>Writes a passage; triggers put it into the full-text indexes and in line for its vectors.</summary>
    public static void Insert(this SqliteConnection connection, NewPassage passage)
    {
        var names = NameFinder.Find(passage.Text);
        var source = passage.Source.ToString();
        var number = connection.Number(
            """
            insert into passages (fact, turn, document, part, thread, ordinal, speaker, heading, text, names, said_at, first, last)
            values ($fact, $turn, $document, $part, $thread, $ordinal, $speaker, $heading, $text, $names, $at, $first, $last)
            returning number
            """,
            ("$fact", passage.Part == PassagePart.Fact ? source : null),
            ("$turn", passage.Part is PassagePart.Prompt or PassagePart.Answer ? source : null),
            ("$document", passage.Part == PassagePart.Chunk ? source : null),
            ("$part", passage.Part.ToString().ToLowerInvariant()), ("$thread", passage.Thread.ToString()), ("$ordinal", passage.Ordinal),
            ("$speaker", passage.Speaker), ("$heading", passage.Heading), ("$text", passage.Text),
            ("$names", names.Count == 0 ? passage.Speaker : string.Join('\n', passage.Speaker is null ? names : names.Prepend(passage.Speaker))),
            ("$at", passage.SaidAt.ToUnixTimeMilliseconds()), ("$first", passage.First), ("$last", passage.Last));
        foreach (var name in passage.Speaker is null ? names : names.Append(passage.Speaker))
        {
            connection.Execute(
                "insert or ignore into passage_entities (entity, passage) values ($entity, $passage)", ("$entity", EntityOf(connection, name)), ("$passage", number));
        }
    }

    /// <summary>A row as a record; other columns may stand beside, but none of these names.</summary>
    public static Passage Read(SqliteDataReader row)
    {
        var part = Enum.Parse<PassagePart>(row.Text("part"), ignoreCase: true);
        return new Passage(row.GetInt64(row.GetOrdinal("number")), part, row.Id("source"), row.Id("thread"), row.GetInt64(row.GetOrdinal("ordinal")), row.Text("text"), row.Time("said_at"))
        {
            Speaker = row.TextOrNull("speaker"),
            Heading = row.TextOrNull("heading"),
            First = row.NumberOrNull("first"),
            Last = row.NumberOrNull("last"),
            Location = row.TextOrNull("location"),
            Citation = CitationIn(row),
        };
    }

    private static string? CitationIn(SqliteDataReader row) => row.TextOrNull("location") is not { } location ? null
        : row.NumberOrNull("first") is not { } first ? Path.GetFileName(location)
        : Citation.Of(Path.GetFileName(location), Enum.Parse<LineUnit>(row.Text("unit"), ignoreCase: true), first, row.NumberOrNull("last") ?? first);

    // A name that is known as an alias is that entity; of several with the same alias, the first.
    private static long EntityOf(SqliteConnection connection, string name)
    {
        var known = connection.Query("select entity from entity_aliases where alias = $name order by entity limit 1", row => row.GetInt64(0), ("$name", name));
        if (known is [var entity])
        {
            return entity;
        }

        var number = connection.Number("insert into entities (name) values ($name) returning number", ("$name", name));
        connection.Execute("insert into entity_aliases (alias, entity) values ($name, $entity)", ("$name", name), ("$entity", number));
        return number;
    }
}
