using System.Collections.Immutable;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Verification;

/// <summary>How much is stored.</summary>
public sealed record MemoryStatistics
{
    /// <summary>Facts that are known now, by what they are about.</summary>
    public required ImmutableSortedDictionary<FactKind, long> Facts { get; init; }

    /// <summary>Those of them that every session begins with.</summary>
    public required long Pinned { get; init; }

    /// <summary>Older versions, and facts that were taken back.</summary>
    public required long OldVersions { get; init; }

    /// <summary>Changes that can be undone.</summary>
    public required long Changes { get; init; }

    /// <summary>Sessions, those in the trash included.</summary>
    public required long Sessions { get; init; }

    /// <summary>Their turns.</summary>
    public required long Turns { get; init; }

    /// <summary>Documents.</summary>
    public required long Documents { get; init; }

    /// <summary>Pieces of facts, turns and documents that can be searched.</summary>
    public required long Passages { get; init; }

    /// <summary>Names of whom and what they are about.</summary>
    public required long Entities { get; init; }

    /// <summary>Vectors, of all embedding models that were used.</summary>
    public required long Vectors { get; init; }

    /// <summary>Vectors that are still to be made.</summary>
    public required long VectorsToMake { get; init; }

    /// <summary>The size of the file, its log not counted, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Counts everything.</summary>
    public static Task<MemoryStatistics> ReadAsync(MemoryDatabase database, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => new MemoryStatistics
        {
            Facts = connection.Query("select kind, count(*) from facts where retracted_at is null group by kind", row => (Kind: row.GetString(0), Count: row.GetInt64(1)))
                .ToImmutableSortedDictionary(row => Enum.Parse<FactKind>(row.Kind, ignoreCase: true), row => row.Count),
            Pinned = connection.Number("select count(*) from facts where retracted_at is null and pinned = 1"),
            OldVersions = connection.Number("select count(*) from facts where retracted_at is not null"),
            Changes = connection.Number("select count(*) from changes where undone_at is null"),
            Sessions = connection.Number("select count(*) from sessions"),
            Turns = connection.Number("select count(*) from turns"),
            Documents = connection.Number("select count(*) from documents"),
            Passages = connection.Number("select count(*) from passages"),
            Entities = connection.Number("select count(*) from entities"),
            Vectors = connection.Number("select count(*) from vector_codes"),
            VectorsToMake = connection.Number("select count(*) from vectors_to_make"),
            Bytes = connection.Number("select page_count * page_size from pragma_page_count, pragma_page_size"),
        },
        cancellationToken);
}
