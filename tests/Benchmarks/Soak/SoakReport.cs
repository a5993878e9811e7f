using System.Collections.Immutable;

namespace PersonalAi.Benchmarks.Soak;

/// <summary>What a soak showed.</summary>
/// <param name="Early">The footprint after a quarter of the time.</param>
/// <param name="End">The footprint at the end.</param>
/// <param name="Counts">How many requests ended in which way.</param>
/// <param name="Fault">What went wrong, or null.</param>
internal sealed record SoakReport(Footprint Early, Footprint End, ImmutableDictionary<string, int> Counts, string? Fault)
{
    public IEnumerable<string[]> Table() =>
    [
        ["objects in use", $"{Early.ManagedBytes >> 20} MiB", $"{End.ManagedBytes >> 20} MiB"],
        ["resident memory", $"{Early.ResidentBytes >> 20} MiB", $"{End.ResidentBytes >> 20} MiB"],
        ["handles", $"{Early.Handles}", $"{End.Handles}"],
        ["threads", $"{Early.Threads}", $"{End.Threads}"],
    ];
}
