namespace PersonalAi.Adapters.Host;

/// <summary>The folder of the engine's socket: whoever could enter it could read what is asked and answered.</summary>
public static class RunFolder
{
    /// <summary>Makes the folder where it is missing, and refuses one that others may enter or own.</summary>
    /// <exception cref="ModelException">It cannot be made, or is not the user's alone.</exception>
    public static void Prepare(string folder)
    {
        try
        {
            PrivateFolder.Create(folder);
            if (!OperatingSystem.IsWindows() && ((File.GetUnixFileMode(folder) & ~PrivateFolder.Mode) != 0 || !HostNative.IsOwnFolder(folder)))
            {
                throw new ModelException(
                    ModelError.Failed,
                    $"The folder '{folder}' of the engine's socket may be used by others than you: make it yours with 'chmod 700', or set PAI_RUN to a folder that is.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                ModelError.Failed, $"The folder '{folder}' of the engine's socket cannot be used ({e.Message.TrimEnd('.')}): set PAI_RUN to a folder of yours.", e);
        }
    }
}
