namespace PersonalAi.Adapters.Models;

/// <summary>Makes one bundled model's file: beside its place first, and renamed only when it is whole and on the disk.</summary>
internal sealed class ModelInstallation(BundledModel model, string sourceFolder, string path)
{
    /// <summary>What a disk needs besides, to stay usable.</summary>
    private const long Reserve = 64 << 20;

    private string Unfinished => path + ".part";

    /// <exception cref="ModelException">The source is absent or damaged, or the disk is full.</exception>
    public void Run(IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            EnsureRoom(Path.GetDirectoryName(path)!, model.Bytes);
            string actual = Write(progress, cancellationToken);
            if (actual != model.Sha256)
            {
                throw ModelHash.Changed(path, model.Sha256, actual, "its source is damaged, run setup again");
            }

            File.Move(Unfinished, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Translate(e);
        }
        finally
        {
            File.Delete(Unfinished);
        }
    }

    /// <exception cref="ModelException">The disk of a folder has not so many bytes free.</exception>
    internal static void EnsureRoom(string folder, long bytes)
    {
        long free = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        if (free - Reserve < bytes)
        {
            throw new ModelException(
                ModelError.NoRoom,
                $"The folder \"{folder}\" has {free >> 20} MiB free and needs {(bytes + Reserve) >> 20}: free some, or choose another models folder.");
        }
    }

    /// <summary>What went wrong with a file or a disk, and what can be done.</summary>
    internal ModelException Translate(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => new ModelException(
            ModelError.NotFound, $"The source of the model \"{model.Name}\" is not in \"{sourceFolder}\": run setup again.", error),
        // ENOSPC and EDQUOT of Unix, ERROR_DISK_FULL of Windows.
        { HResult: 28 or 122 or unchecked((int)0x80070070) } => new ModelException(
            ModelError.NoRoom, $"The disk became full while \"{path}\" was written: free some, or choose another models folder.", error),
        _ => new ModelException(
            ModelError.Failed, $"The model file \"{path}\" could not be written ({error.Message}): check the folder and try again.", error),
    };

    private string Write(IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        using FileStream file = new(Unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 20);
        using MeasuredStream measured = new(
            file, done => progress?.Report(new ModelProgress(model.FileName, model.Stage, done, model.Bytes)), cancellationToken);
        model.Write(sourceFolder, measured);
        file.Flush(flushToDisk: true);
        return measured.Finish();
    }
}
