using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>Opening without waiting, which the base library has no call for.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class FileNative
{
    // S_IFMT, S_IFREG and S_IFDIR of stat.h.
    private const int KindMask = 0xF000, File = 0x8000, Folder = 0x4000;

    // O_NONBLOCK | O_CLOEXEC of fcntl.h: a pipe that nobody writes to must not hold the call.
    private static readonly int Reading = OperatingSystem.IsMacOS() ? 0x4 | 0x1000000 : 0x800 | 0x80000;

    /// <summary>Opens whatever lies at the path for reading; the handle is invalid where that fails.</summary>
    internal static SafeFileHandle Open(string path) => new(open(path, Reading), ownsHandle: true);

    internal static bool IsFile(SafeFileHandle handle) => FStat(handle, out var status) == 0 && (status.Mode & KindMask) == File;

    internal static bool IsFolder(SafeFileHandle handle) => FStat(handle, out var status) == 0 && (status.Mode & KindMask) == Folder;

    /// <summary>Whether a file or folder lies at the path, and no link, device, pipe or socket.</summary>
    internal static bool IsOrdinary(string path) => LStat(path, out var status) == 0 && (status.Mode & KindMask) is File or Folder;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    // The runtime's own wrappers: struct stat differs from system to system.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_FStat")]
    private static partial int FStat(SafeFileHandle file, out FileStatus status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_LStat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LStat(string path, out FileStatus status);

    // pal_io.h of .NET; what follows the mode is of no interest here.
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct FileStatus
    {
        public int Flags;
        public int Mode;
    }
}
