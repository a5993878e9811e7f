namespace PersonalAi.Adapters.Models;

/// <summary>The right to change the models folder, held by one process at a time; the system takes it back when a process dies.</summary>
internal sealed class ModelFolderLock : IDisposable
{
    private const string FileName = "models.lock";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private ModelFolderLock(FileStream file) => _file = file;

    /// <summary>Waits until nobody else holds it, and says so once; makes the folder where it is missing.</summary>
    public static async Task<ModelFolderLock> AcquireAsync(
        string folder, TimeProvider time, Action? waiting = null, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Directory.CreateDirectory(folder);
                // The file stays: to delete it would let two processes hold two files of the same name.
                return new ModelFolderLock(new FileStream(
                    Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (IsHeldElsewhere(e))
            {
                waiting?.Invoke();
                waiting = null;
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
            catch (Exception e) when (ModelFileError.Is(e))
            {
                throw ModelFileError.Writing(Path.Combine(folder, FileName), e);
            }
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Another process holds a file: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows; or the folder was deleted between two steps.</summary>
    internal static bool IsHeldElsewhere(IOException e) =>
        e is DirectoryNotFoundException || e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
