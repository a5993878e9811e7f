using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall.Index;

/// <summary>The vectors of each space in a table of sqlite-vec, and their codes beside them, within a transaction.</summary>
internal static class VectorTables
{
    /// <summary>Whether sqlite-vec is loaded into this connection: without it nothing is embedded, and words alone are searched.</summary>
    public static bool HasVectors(this SqliteConnection connection) => connection.Number("select count(*) from pragma_module_list where name = 'vec0'") > 0;

    /// <summary>The number of a space, or null where nothing was embedded in it.</summary>
    public static long? FindSpace(this SqliteConnection connection, EmbeddingSpace space) =>
        connection.Query("select number from embedding_spaces where id = $id", row => (long?)row.GetInt64(0), ("$id", space.Id)).SingleOrDefault();

    /// <summary>The number of a space; where it is new, all passages are in line for their vectors.</summary>
    public static long EnsureSpace(this SqliteConnection connection, EmbeddingSpace space, long now)
    {
        if (connection.FindSpace(space) is { } known)
        {
            return known;
        }

        var number = connection.Number(
            "insert into embedding_spaces (id, dimensions, created_at) values ($id, $dimensions, $now) returning number",
            ("$id", space.Id), ("$dimensions", space.Dimensions), ("$now", now));
        connection.Execute($"create virtual table vectors_{number} using vec0 (passage integer primary key, embedding float[{space.Dimensions}])");
        connection.Execute("insert into vectors_to_make (space, passage) select $space, number from passages", ("$space", number));
        return number;
    }

    /// <summary>A space in which everything is embedded, while another is not yet; null where that one is, or there is none.</summary>
    public static EmbeddingSpace? FindStandIn(this SqliteConnection connection, EmbeddingSpace space) => connection.Query(
        """
        select id from embedding_spaces as other where id <> $id
            and not exists (select 1 from vectors_to_make where space = other.number)
            and (not exists (select 1 from embedding_spaces where id = $id)
                or exists (select 1 from vectors_to_make join embedding_spaces on number = space where id = $id))
        order by number desc limit 1
        """,
        row => EmbeddingSpace.Parse(row.GetString(0)),
        ("$id", space.Id)).SingleOrDefault();

    /// <summary>Removes every other space, once everything is embedded in this one.</summary>
    public static void DropOtherSpaces(this SqliteConnection connection, long space)
    {
        if (connection.Number("select exists (select 1 from vectors_to_make where space = $space)", ("$space", space)) == 1)
        {
            return;
        }

        foreach (var other in connection.Query("select number from embedding_spaces where number <> $space", row => row.GetInt64(0), ("$space", space)))
        {
            connection.Execute($"drop table vectors_{other}");
            connection.Execute("delete from embedding_spaces where number = $space", ("$space", other));
        }
    }

    /// <summary>Stores a vector; the passage waits for it no more.</summary>
    public static void StoreVector(this SqliteConnection connection, long space, long passage, ReadOnlySpan<float> vector)
    {
        // The passage may have been forgotten while its vector was made.
        if (connection.Execute("delete from vectors_to_make where space = $space and passage = $passage", ("$space", space), ("$passage", passage)) == 0)
        {
            return;
        }

        connection.Execute(
            $"insert into vectors_{space} (passage, embedding) values ($passage, $vector)",
            ("$passage", passage), ("$vector", MemoryMarshal.AsBytes(vector).ToArray()));
        connection.Execute(
            "insert into vector_codes (space, passage, code) values ($space, $passage, $code)",
            ("$space", space), ("$passage", passage), ("$code", VectorCode.Of(vector)));
    }

    /// <summary>The cosine of each passage's vector with another; those without a vector are left out.</summary>
    public static Dictionary<long, float> Cosines(this SqliteConnection connection, long space, IEnumerable<long> passages, ReadOnlyMemory<float> vector)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select embedding from vectors_{space} where passage = $passage";
        var passage = command.Parameters.Add("$passage", SqliteType.Integer);
        var cosines = new Dictionary<long, float>();
        foreach (var number in passages)
        {
            passage.Value = number;
            if (command.ExecuteScalar() is byte[] stored)
            {
                cosines[number] = TensorPrimitives.Dot(MemoryMarshal.Cast<byte, float>(stored), vector.Span);
            }
        }

        return cosines;
    }

    /// <summary>Overwrites a passage's vectors with zeros, also where sqlite-vec is not loaded: a vector tells much of its text.</summary>
    /// <returns>How many there were.</returns>
    public static int ZeroVectors(this SqliteConnection connection, long passage)
    {
        var places = connection.Query(
            "select number, dimensions from embedding_spaces where exists (select 1 from vector_codes where space = number and passage = $passage)",
            row => (Space: row.GetInt64(0), Dimensions: row.GetInt32(1)),
            ("$passage", passage));
        foreach (var (space, dimensions) in places)
        {
            connection.ZeroVector(space, passage, dimensions * sizeof(float));
        }

        return places.Count;
    }

    /// <summary>Removes vectors whose passage is gone: virtual tables know no foreign keys.</summary>
    public static void DeleteOrphanVectors(this SqliteConnection connection)
    {
        foreach (var (space, passage) in connection.Query("select space, passage from vectors_to_delete", row => (Space: row.GetInt64(0), Passage: row.GetInt64(1))))
        {
            // sqlite-vec 0.1.9 only marks the place of a vector as free.
            connection.ZeroVector(space, passage, Dimensions(connection, space) * sizeof(float));
            connection.Execute($"delete from vectors_{space} where passage = $passage", ("$passage", passage));
            connection.Execute("delete from vectors_to_delete where space = $space and passage = $passage", ("$space", space), ("$passage", passage));
        }
    }

    private static int Dimensions(SqliteConnection connection, long space) =>
        (int)connection.Number("select dimensions from embedding_spaces where number = $space", ("$space", space));

    // The tables that sqlite-vec keeps vectors in: 1,024 to a blob, whose bytes are changed in place.
    private static void ZeroVector(this SqliteConnection connection, long space, long passage, int bytes)
    {
        var places = connection.Query(
            $"select chunk_id, chunk_offset from vectors_{space}_rowids where rowid = $passage",
            row => (Chunk: row.GetInt64(0), Offset: row.GetInt64(1)),
            ("$passage", passage));
        foreach (var (chunk, offset) in places)
        {
            using var vectors = new SqliteBlob(connection, $"vectors_{space}_vector_chunks00", "vectors", chunk);
            vectors.Position = offset * bytes;
            vectors.Write(new byte[bytes]);
        }
    }
}
