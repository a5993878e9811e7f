using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>Opens files and folders, and makes sure that what was opened is what lies at the path that was looked at.</summary>
internal static class HeldHandle
{
    private const string Descriptors = "/proc/self/fd";

    private static readonly bool HasDescriptors = OperatingSystem.IsLinux() && Directory.Exists(Descriptors);

    /// <summary>An ordinary file; never waits for one that is none.</summary>
    /// <exception cref="ToolException">There is none, it is not allowed, or it is no ordinary file.</exception>
    public static SafeFileHandle OfFile(GrantedPath path)
    {
        if (Directory.Exists(path.Real))
        {
            throw new ToolException($"'{path.Shown}' is a folder: use list_files.");
        }

        // A device may do something as soon as it is opened, so that it is looked at before and after.
        if (!OperatingSystem.IsWindows() && File.Exists(path.Real) && !FileNative.IsOrdinary(path.Real))
        {
            throw NoFile(path);
        }

        var handle = Open(path);
        return OperatingSystem.IsWindows() || FileNative.IsFile(handle) ? Verified(handle, path) : throw Closed(handle, NoFile(path));
    }

    /// <summary>A folder; null where this system has no way to reach files through it.</summary>
    /// <exception cref="ToolException">There is none, or it is not allowed.</exception>
    public static SafeFileHandle? OfFolder(GrantedPath path)
    {
        if (!Directory.Exists(path.Real))
        {
            throw new ToolException($"There is no folder '{path.Shown}'.");
        }

        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var handle = Open(path);
        return FileNative.IsFolder(handle) ? Verified(handle, path) : throw Closed(handle, Changed(path));
    }

    /// <summary>A path that leads through the handle, whatever its folder is called by now; null where this system has none.</summary>
    public static string? WayThrough(SafeFileHandle? handle) => handle is not null && HasDescriptors ? $"{Descriptors}/{handle.DangerousGetHandle()}" : null;

    private static SafeFileHandle Open(GrantedPath path)
    {
        try
        {
            return OperatingSystem.IsWindows() ? File.OpenHandle(path.Real, options: FileOptions.SequentialScan, share: FileShare.ReadWrite | FileShare.Delete) : OpenAtOnce(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ToolException($"There is no file '{path.Shown}'.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"'{path.Shown}' cannot be opened: its permissions do not allow it.", error);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static SafeFileHandle OpenAtOnce(GrantedPath path)
    {
        var handle = FileNative.Open(path.Real);
        if (!handle.IsInvalid)
        {
            return handle;
        }

        handle.Dispose();
        throw File.Exists(path.Real) || Directory.Exists(path.Real) ? new UnauthorizedAccessException() : new FileNotFoundException();
    }

    // Between the look and the opening, a folder on the way may have become a link to another place.
    private static SafeFileHandle Verified(SafeFileHandle handle, GrantedPath path)
    {
        var lies = WayThrough(handle) is { } way ? new FileInfo(way).LinkTarget : RealPath.Of(path.Real);
        return lies == path.Real ? handle : throw Closed(handle, Changed(path));
    }

    private static ToolException Closed(SafeFileHandle handle, ToolException error)
    {
        handle.Dispose();
        return error;
    }

    private static ToolException NoFile(GrantedPath path) => new($"'{path.Shown}' is no ordinary file but a device, pipe or socket: leave it alone.");

    private static ToolException Changed(GrantedPath path) => new($"'{path.Shown}' was changed into something else while it was opened: nothing was done.");
}
