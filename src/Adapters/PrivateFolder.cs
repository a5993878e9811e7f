namespace PersonalAi.Adapters;

/// <summary>Folders that only the user can enter.</summary>
internal static class PrivateFolder
{
    /// <summary>What the owner may do, and nobody else.</summary>
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder where it is missing; one that exists is left as it is.</summary>
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, Mode);
        }
    }
}
