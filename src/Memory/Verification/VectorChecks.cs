using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Verification;

/// <summary>What must hold between passages, their vectors in the tables of sqlite-vec, and their codes. Reads the tables that sqlite-vec keeps beneath its own.</summary>
internal static class VectorChecks
{
    public static long Orphans(SqliteConnection connection) => Spaces(connection).Sum(space => OrphansOf(connection, space).Count);

    public static void DeleteOrphans(SqliteConnection connection)
    {
        foreach (var space in Spaces(connection))
        {
            OrphansOf(connection, space).ForEach(passage => connection.Execute(
                "insert or ignore into vectors_to_delete (space, passage) values ($space, $passage)", ("$space", space), ("$passage", passage)));
        }

        if (connection.HasVectors())
        {
            connection.DeleteOrphanVectors();
        }
    }

    public static long WrongCodes(SqliteConnection connection) => Spaces(connection).Sum(space => WrongOf(connection, space).Count);

    /// <summary>What is wrong is embedded again.</summary>
    public static void MakeAgain(SqliteConnection connection)
    {
        foreach (var space in Spaces(connection))
        {
            foreach (var passage in WrongOf(connection, space))
            {
                var parameters = new (string, object?)[] { ("$space", space), ("$passage", passage) };
                connection.Execute("delete from vector_codes where space = $space and passage = $passage", parameters);
                connection.Execute("insert or ignore into vectors_to_make (space, passage) select $space, number from passages where number = $passage", parameters);
                if (connection.HasVectors())
                {
                    connection.Execute($"delete from vectors_{space} where passage = $passage", ("$passage", passage));
                }
            }
        }
    }

    public static long WrongQueue(SqliteConnection connection) => connection.Number(
        """
        select (select count(*) from passages join embedding_spaces where
                (exists (select 1 from vector_codes where passage = passages.number and space = embedding_spaces.number))
                = (exists (select 1 from vectors_to_make where passage = passages.number and space = embedding_spaces.number)))
            + (select count(*) from vectors_to_delete where passage in (select number from passages))
        """);

    public static void QueueAgain(SqliteConnection connection) => connection.Execute(
        """
        delete from vectors_to_delete where passage in (select number from passages);
        delete from vectors_to_make where exists (select 1 from vector_codes where vector_codes.passage = vectors_to_make.passage and vector_codes.space = vectors_to_make.space);
        insert or ignore into vectors_to_make (space, passage)
        select embedding_spaces.number, passages.number from passages join embedding_spaces
        where not exists (select 1 from vector_codes where passage = passages.number and space = embedding_spaces.number)
        """);

    private static List<long> Spaces(SqliteConnection connection) => connection.Query("select number from embedding_spaces order by number", row => row.GetInt64(0));

    // Those in line to be deleted are known of.
    private static List<long> OrphansOf(SqliteConnection connection, long space) => connection.Query(
        $"""
        select rowid from vectors_{space}_rowids where rowid not in (select number from passages)
            and rowid not in (select passage from vectors_to_delete where space = $space)
        """,
        row => row.GetInt64(0),
        ("$space", space));

    private static List<long> WrongOf(SqliteConnection connection, long space)
    {
        var wrong = connection.Query(
            $"""
            select rowid from vectors_{space}_rowids where rowid in (select number from passages) and rowid not in (select passage from vector_codes where space = $space)
            union select passage from vector_codes where space = $space and passage not in (select rowid from vectors_{space}_rowids)
            """,
            row => row.GetInt64(0),
            ("$space", space));
        if (connection.HasVectors())
        {
            wrong.AddRange(Differing(connection, space));
        }

        return wrong;
    }

    private static List<long> Differing(SqliteConnection connection, long space)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select vectors_{space}.passage, embedding, code from vectors_{space} join vector_codes on vector_codes.passage = vectors_{space}.passage and space = $space";
        command.Parameters.AddWithValue("$space", space);
        using var reader = command.ExecuteReader();
        var differing = new List<long>();
        while (reader.Read())
        {
            var vector = MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(1));
            if (!VectorCode.Of(vector).AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(2)))
            {
                differing.Add(reader.GetInt64(0));
            }
        }

        return differing;
    }
}
