using System.Diagnostics;

namespace PersonalAi.Benchmarks.Soak;

/// <summary>What this process takes of the machine.</summary>
/// <param name="ManagedBytes">Objects that are in use.</param>
/// <param name="ResidentBytes">Memory, the mapped weights included.</param>
/// <param name="Handles">Open files, sockets and the like.</param>
/// <param name="Threads">Threads.</param>
internal readonly record struct Footprint(long ManagedBytes, long ResidentBytes, int Handles, int Threads)
{
    /// <summary>Measures, once everything that is no longer used is gone.</summary>
    public static Footprint Take()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var handles = OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : process.HandleCount;
        return new Footprint(GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64, handles, process.Threads.Count);
    }

    /// <summary>What grew since another footprint by more than chance, or null.</summary>
    public string? GrowthSince(Footprint earlier) =>
        ManagedBytes > earlier.ManagedBytes + (8 << 20) ? "the objects in use grew"
        : ResidentBytes > earlier.ResidentBytes + (48 << 20) ? "the memory grew"
        : Handles > earlier.Handles + 4 ? "handles stayed open"
        : Threads > earlier.Threads + 4 ? "threads stayed"
        : null;
}
