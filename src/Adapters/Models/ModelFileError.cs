namespace PersonalAi.Adapters.Models;

/// <summary>Says in our words what the system said about a file.</summary>
internal static class ModelFileError
{
    /// <summary>A file that could not be read.</summary>
    public static ModelException Reading(string path, Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => new ModelException(
            ModelError.NotFound, $"There is no model file \"{path}\": check the path.", error),
        _ => new ModelException(
            ModelError.NotFound, $"The model file \"{path}\" cannot be read ({error.Message}): allow reading it.", error),
    };

    /// <summary>A file that could not be written.</summary>
    public static ModelException Writing(string path, Exception error) => error.HResult switch
    {
        // ENOSPC of Unix, EDQUOT of Linux, ERROR_DISK_FULL of Windows.
        28 or 122 or unchecked((int)0x80070070) => new ModelException(
            ModelError.DiskFull, $"The disk became full while \"{path}\" was written: free some, or choose another models folder.", error),
        _ => new ModelException(
            ModelError.Failed, $"The file \"{path}\" could not be written ({error.Message}): allow writing it, or choose another models folder.", error),
    };

    /// <summary>Whether an error is the system's about a file, so that it is to be said in our words.</summary>
    public static bool Is(Exception error) => error is IOException or UnauthorizedAccessException;
}
