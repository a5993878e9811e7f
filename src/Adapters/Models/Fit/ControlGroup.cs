using System.Globalization;

namespace PersonalAi.Adapters.Models.Fit;

/// <summary>The memory limits of the Linux control groups that a process is in, as containers and services set them (cgroups(7)).</summary>
/// <param name="membership">The lines of <c>/proc/self/cgroup</c>.</param>
/// <param name="root">Where the control groups are mounted: <c>/sys/fs/cgroup</c>.</param>
internal sealed class ControlGroup(IReadOnlyList<string> membership, string root)
{
    private static readonly Files Version2 = new("memory.max", "memory.current", "inactive_file");
    private static readonly Files Version1 = new("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");

    public static ControlGroup OfThisProcess()
    {
        const string Membership = "/proc/self/cgroup";
        return new ControlGroup(File.Exists(Membership) ? File.ReadAllLines(Membership) : [], "/sys/fs/cgroup");
    }

    /// <summary>What the groups leave of a machine's memory: the tightest counts.</summary>
    public MachineMemory Limit(MachineMemory machine)
    {
        foreach (var (folder, files) in Folders())
        {
            if (Read(folder, files) is (var limit, var free))
            {
                machine = machine with { Total = Math.Min(machine.Total, limit), Available = Math.Min(machine.Available, free) };
            }
        }

        return machine;
    }

    // A line is "hierarchy:controllers:path". A container may see its own group as the root, so the path need not exist.
    private IEnumerable<(string Folder, Files Files)> Folders()
    {
        foreach (var line in membership)
        {
            if (line.Split(':', 3) is not [_, var controllers, var path])
            {
                continue;
            }

            if (controllers.Length == 0)
            {
                foreach (var folder in FromTop(root, path))
                {
                    yield return (folder, Version2);
                }
            }
            else if (controllers.Split(',').Contains("memory"))
            {
                foreach (var folder in FromTop(Path.Combine(root, "memory"), path))
                {
                    yield return (folder, Version1);
                }
            }
        }
    }

    private static IEnumerable<string> FromTop(string mount, string path)
    {
        yield return mount;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            mount = Path.Combine(mount, part);
            yield return mount;
        }
    }

    // Pages of files count as used, though they can be dropped; those used long ago are what the kernel drops first.
    private static (long Limit, long Free)? Read(string folder, Files files)
    {
        try
        {
            var limit = Number(File.ReadAllText(Path.Combine(folder, files.Limit)));
            var used = Number(File.ReadAllText(Path.Combine(folder, files.Used)));
            var droppable = File.ReadLines(Path.Combine(folder, "memory.stat"))
                .Select(line => line.Split(' '))
                .FirstOrDefault(pair => pair is [var key, _] && key == files.Droppable) is [_, var bytes] ? Number(bytes) : 0;
            return limit is { } most ? (most, Math.Max(0, most - (used ?? 0) + (droppable ?? 0))) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // "max" is no limit.
    private static long? Number(string text) => long.TryParse(text, NumberStyles.None | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The names that a version gives to its files, and to the droppable pages in <c>memory.stat</c>.</summary>
    private sealed record Files(string Limit, string Used, string Droppable);
}
