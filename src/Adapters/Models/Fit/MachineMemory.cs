using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace PersonalAi.Adapters.Models.Fit;

/// <summary>The memory of this machine, or what a container leaves of it.</summary>
/// <param name="Total">In bytes.</param>
/// <param name="Available">What programs can still take, in bytes; pages of files that can be dropped are counted.</param>
public sealed partial record MachineMemory(long Total, long Available)
{
    private const string LinuxFile = "/proc/meminfo";

    /// <summary>The memory of the GPUs that the engine can compute on; none where nobody asked the engine.</summary>
    public ImmutableArray<GpuMemory> Gpus { get; init; } = [];

    /// <summary>Reads it: of the system, and of the control groups that this process is in.</summary>
    public static MachineMemory Read()
    {
        if (OperatingSystem.IsLinux() && ReadLinux() is { } memory)
        {
            return ControlGroup.OfThisProcess().Limit(memory);
        }

        return (OperatingSystem.IsWindows() ? ReadWindows() : OperatingSystem.IsMacOS() ? ReadMac() : null) ?? ReadRuntime();
    }

    // Lines like "MemAvailable:   21912345 kB" (proc_meminfo(5)).
    private static MachineMemory? ReadLinux()
    {
        try
        {
            var lines = File.ReadAllLines(LinuxFile);
            long? Bytes(string key) => lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var number, ..]
                ? long.Parse(number, CultureInfo.InvariantCulture) * 1024
                : null;
            return Bytes("MemTotal:") is { } total && Bytes("MemAvailable:") is { } available ? new MachineMemory(total, available) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static unsafe MachineMemory? ReadWindows()
    {
        var status = new MemoryStatus { Length = (uint)sizeof(MemoryStatus) };
        return GlobalMemoryStatusEx(ref status) != 0 ? new MachineMemory((long)status.TotalPhysical, (long)status.AvailablePhysical) : null;
    }

    // What is free, what was used long ago, and what programs gave up, in pages (mach/vm_statistics.h).
    private static unsafe MachineMemory? ReadMac()
    {
        const int VmInfo64 = 4, Free = 0, Inactive = 2, Purgeable = 21;
        var statistics = stackalloc uint[64];
        var count = 64u;
        return HostStatistics64(MachHostSelf(), VmInfo64, statistics, ref count) == 0
            ? new MachineMemory(
                GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
                ((long)statistics[Free] + statistics[Inactive] + statistics[Purgeable]) * Environment.SystemPageSize)
            : null;
    }

    // What the garbage collector last saw of the whole machine.
    private static MachineMemory ReadRuntime()
    {
        GC.Collect(0);
        var seen = GC.GetGCMemoryInfo();
        return new MachineMemory(seen.TotalAvailableMemoryBytes, seen.TotalAvailableMemoryBytes - seen.MemoryLoadBytes);
    }

    [LibraryImport("kernel32")]
    private static partial int GlobalMemoryStatusEx(ref MemoryStatus status);

    [LibraryImport("libSystem", EntryPoint = "mach_host_self")]
    private static partial uint MachHostSelf();

    [LibraryImport("libSystem", EntryPoint = "host_statistics64")]
    private static unsafe partial int HostStatistics64(uint host, int flavour, uint* statistics, ref uint count);

    /// <summary><c>MEMORYSTATUSEX</c> of sysinfoapi.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct MemoryStatus
    {
        public uint Length;
        public uint Load;
        public ulong TotalPhysical;
        public ulong AvailablePhysical;
        public ulong TotalPageFile;
        public ulong AvailablePageFile;
        public ulong TotalVirtual;
        public ulong AvailableVirtual;
        public ulong AvailableExtendedVirtual;
    }
}
