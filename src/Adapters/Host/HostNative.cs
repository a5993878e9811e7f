using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace PersonalAi.Adapters.Host;

/// <summary>What the base library has no call for, on systems of the Unix family.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class HostNative
{
    // fcntl.h: the same numbers on Linux and macOS.
    private const int GetDescriptorFlags = 1, CloseOnExec = 1;

    // S_IFMT and S_IFDIR of stat.h.
    private const int KindMask = 0xF000, Folder = 0x4000;

    /// <summary>Whether this is a folder, not a link to one, and belongs to the user of this process.</summary>
    internal static bool IsOwnFolder(string path) =>
        LStat(path, out var status) == 0 && (status.Mode & KindMask) == Folder && status.UserId == geteuid();

    /// <summary>Makes this process the first of a session of its own, which no terminal's Ctrl+C or hang-up reaches.</summary>
    internal static void BeginSession() => _ = setsid();

    /// <summary>Puts a file in the place of a standard stream.</summary>
    internal static void Redirect(SafeHandle file, int standardStream) => _ = dup2(file, standardStream);

    /// <summary>Closes what this process was started with beyond the standard streams: what .NET opens itself closes on exec, so the rest is inherited.</summary>
    internal static void CloseInherited()
    {
        foreach (var entry in Directory.GetFileSystemEntries("/dev/fd"))
        {
            if (int.TryParse(Path.GetFileName(entry.AsSpan()), out var descriptor) && descriptor > 2
                && fcntl(descriptor, GetDescriptorFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0)
            {
                _ = close(descriptor);
            }
        }
    }

    // The runtime's own wrapper: struct stat differs from system to system.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_LStat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LStat(string path, out FileStatus status);

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc")]
    private static partial int setsid();

    [LibraryImport("libc")]
    private static partial int dup2(SafeHandle source, int target);

    [LibraryImport("libc")]
    private static partial int fcntl(int descriptor, int command);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    // pal_io.h of .NET; the numbers after the user's are of no interest here.
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct FileStatus
    {
        public int Flags;
        public int Mode;
        public uint UserId;
    }
}
