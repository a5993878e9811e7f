using System.Text;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Adapters.Host;

/// <summary>The right to be the engine process of an address, held by one process at a time; the system takes it back when a process dies.</summary>
public sealed class EngineSeat : IDisposable
{
    private const long LongestLog = 1 << 20;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FileStream _lock;

    private EngineSeat(FileStream file) => _lock = file;

    /// <summary>Takes the seat; null where another engine process listens there already.</summary>
    /// <exception cref="ModelException">Another process holds it without listening, or the folder cannot be used.</exception>
    public static async Task<EngineSeat?> TakeAsync(EngineAddress address, CancellationToken cancellationToken = default)
    {
        RunFolder.Prepare(address.Folder);
        using var patience = new CancellationTokenSource(Patience);
        while (!patience.IsCancellationRequested)
        {
            if (TryTake(address) is { } seat)
            {
                return seat;
            }

            // One that is just ending no longer listens, and is waited for.
            if (await address.TryConnectAsync(cancellationToken) is { } connection)
            {
                await connection.DisposeAsync();
                return null;
            }

            await Task.Delay(RetryAfter, cancellationToken);
        }

        throw new ModelException(ModelError.Failed, $"Another engine process holds '{address.Lock}' and does not answer: end it, and try again.");
    }

    /// <summary>Makes this process independent of the one that started it: a session of its own, no inherited streams, its errors in the log.</summary>
    public static void Detach(EngineAddress address)
    {
        using var log = OpenLog(address.Log);
        log.Write(Encoding.UTF8.GetBytes(EngineLog.Header(Environment.ProcessId)));
        log.Flush();
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        HostNative.BeginSession();
        HostNative.CloseInherited();
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        HostNative.Redirect(nothing, 0);
        HostNative.Redirect(log.SafeFileHandle, 1);
        HostNative.Redirect(log.SafeFileHandle, 2);
    }

    /// <summary>Gives it up.</summary>
    public void Dispose() => _lock.Dispose();

    private static EngineSeat? TryTake(EngineAddress address)
    {
        try
        {
            // The file stays: to delete it would let two processes hold two files of the same name.
            return new EngineSeat(Open(address.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (ModelFolderLock.IsHeldElsewhere(e))
        {
            return null;
        }
    }

    // Appended to, so that the reason of an engine's end is still there when the next one has started.
    private static FileStream OpenLog(string path)
    {
        var tooLong = File.Exists(path) && new FileInfo(path).Length > LongestLog;
        return Open(path, tooLong ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
    }

    private static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
