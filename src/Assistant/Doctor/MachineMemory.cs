using System.Globalization;

namespace PersonalAi.Assistant.Doctor;

/// <summary>The memory of this machine, or what a container leaves of it.</summary>
/// <param name="Total">In bytes.</param>
/// <param name="Available">What programs can still take, in bytes; pages of files that can be dropped are counted.</param>
internal sealed record MachineMemory(long Total, long Available)
{
    private const string LinuxFile = "/proc/meminfo";

    public static MachineMemory Read()
    {
        var total = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return new MachineMemory(total, Math.Min(total, (OperatingSystem.IsLinux() ? AvailableOnLinux() : null) ?? AvailableByRuntime(total)));
    }

    // The line "MemAvailable:   21912345 kB" (proc_meminfo(5)).
    private static long? AvailableOnLinux()
    {
        try
        {
            return File.ReadLines(LinuxFile).FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var number, ..]
                ? long.Parse(number, CultureInfo.InvariantCulture) * 1024
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // What the garbage collector last saw of the whole machine.
    private static long AvailableByRuntime(long total)
    {
        GC.Collect(0);
        return total - GC.GetGCMemoryInfo().MemoryLoadBytes;
    }
}
