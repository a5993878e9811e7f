using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace PersonalAi.Memory.Storage;

/// <summary>Tells one process from every other, also from a later one with the same number.</summary>
/// <param name="Number">The process id.</param>
/// <param name="Started">When it started: clock ticks since boot on Linux, Unix milliseconds elsewhere.</param>
internal readonly record struct ProcessMark(int Number, long Started)
{
    public static ProcessMark Current { get; } = new(Environment.ProcessId, StartOf(Environment.ProcessId) ?? 0);

    /// <summary>Whether that very process still runs; one that cannot be looked at counts as alive.</summary>
    public bool IsAlive => StartOf(Number) is { } started && (started == 0 || started == Started);

    private static long? StartOf(int process) => OperatingSystem.IsLinux() ? StartOnLinux(process) : StartElsewhere(process);

    // Process.StartTime is computed from the wall clock here and moves when the clock is set; the kernel's own figure does not.
    private static long? StartOnLinux(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            // proc(5): the name in parentheses may contain anything; starttime is field 22, the 20th after it.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static long? StartElsewhere(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return new DateTimeOffset(found.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return null;
        }
        catch (Win32Exception)
        {
            return 0;
        }
    }
}
