using Microsoft.Win32.SafeHandles;

namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>A folder that is held open: what is done in it is done in that very folder, even if another one takes its name.</summary>
internal sealed class HeldFolder : IDisposable
{
    private readonly SafeFileHandle? _handle;
    private readonly string _way;

    private HeldFolder(SafeFileHandle? handle, string real)
    {
        _handle = handle;
        _way = HeldHandle.WayThrough(handle) ?? real;
    }

    /// <summary>A path to what is called so in the folder.</summary>
    public string this[string name] => Path.Combine(_way, name);

    /// <exception cref="ToolException">There is no such folder, or it is not allowed.</exception>
    public static HeldFolder Open(GrantedPath path) => new(HeldHandle.OfFolder(path), path.Real);

    /// <summary>Opens a folder, and makes it and those on the way to it where they are missing.</summary>
    /// <exception cref="ToolException">One cannot be made.</exception>
    public static HeldFolder OpenOrMake(GrantedArea area, string real)
    {
        var path = new GrantedPath(area, real, area.Shown(real));
        if (!Directory.Exists(real))
        {
            using var parent = OpenOrMake(area, Path.GetDirectoryName(real)!);
            try
            {
                Directory.CreateDirectory(parent[Path.GetFileName(real)]);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new ToolException($"The folder '{path.Shown}' cannot be made.", error);
            }
        }

        return Open(path);
    }

    /// <summary>What is in the folder, in the order of names; nothing where it cannot be read.</summary>
    public IReadOnlyList<FileSystemInfo> Entries()
    {
        try
        {
            return [.. new DirectoryInfo(_way).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public void Dispose() => _handle?.Dispose();
}
