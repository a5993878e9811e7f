using System.Collections.Immutable;

namespace PersonalAi.Memory.Exchange;

/// <summary>What an import brought in; of a dry run, what it would.</summary>
public sealed record ImportReport
{
    private const int MostNamed = 1000;

    /// <summary>New sessions.</summary>
    public long Sessions { get; init; }

    /// <summary>New turns, also those of sessions that were here.</summary>
    public long Turns { get; init; }

    /// <summary>New facts, and newer versions of facts.</summary>
    public long Facts { get; init; }

    /// <summary>New documents, and those that had changed.</summary>
    public long Documents { get; init; }

    /// <summary>Sessions, facts and documents that were here already and stay as they are.</summary>
    public long Known { get; init; }

    /// <summary>How many things could not be imported.</summary>
    public long SkippedCount { get; init; }

    /// <summary>The first 1,000 of them, and why.</summary>
    public ImmutableArray<SkippedItem> Skipped { get; init; } = [];

    /// <summary>This and what another part of the import brought in.</summary>
    public ImportReport With(ImportReport other) => new()
    {
        Sessions = Sessions + other.Sessions,
        Turns = Turns + other.Turns,
        Facts = Facts + other.Facts,
        Documents = Documents + other.Documents,
        Known = Known + other.Known,
        SkippedCount = SkippedCount + other.SkippedCount,
        Skipped = other.Skipped.IsEmpty || Skipped.Length >= MostNamed ? Skipped : [.. Skipped, .. other.Skipped],
    };

    internal static ImportReport Skip(string name, string reason) => new() { SkippedCount = 1, Skipped = [new(name, reason)] };
}

/// <summary>Something that was not imported.</summary>
/// <param name="Name">The file, the conversation or the entry.</param>
/// <param name="Reason">Why: a few words without a full stop, or a sentence.</param>
public sealed record SkippedItem(string Name, string Reason);
