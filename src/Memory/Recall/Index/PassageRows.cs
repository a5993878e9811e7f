using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall.Index;

/// <summary>Writes passages, with the names in them, within a transaction.</summary>
internal static class PassageRows
{
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
