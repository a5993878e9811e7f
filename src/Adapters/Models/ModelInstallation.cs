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
            var actual = Write(progress, cancellationToken);
            if (actual != model.Sha256)
            {
                throw ModelHash.Changed(path, model.Sha256, actual, "its source is damaged, build the project again");
            }

            File.Move(Unfinished, path);
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw ModelFileError.Writing(path, e);
        }
        finally
        {
            DeleteUnfinished();
        }
    }

    /// <exception cref="ModelException">The disk of a folder has not so many bytes free.</exception>
    internal static void EnsureRoom(string folder, long bytes)
    {
        var free = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        if (free - Reserve < bytes)
        {
            throw new ModelException(
                ModelError.DiskFull,
                $"The folder \"{folder}\" has {free >> 20} MiB free and needs {(bytes + Reserve) >> 20}: free some, or choose another models folder.");
        }
    }

    private string Write(IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        using var file = new FileStream(Unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 20);
        using var measured = new MeasuredStream(
            file, done => progress?.Report(new ModelProgress(model.FileName, model.Stage, done, model.Bytes)), cancellationToken);
        WriteModel(measured);
        file.Flush(flushToDisk: true);
        return measured.Finish();
    }

    private void WriteModel(MeasuredStream output)
    {
        try
        {
            model.Write(sourceFolder, output);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException(
                ModelError.NotFound, $"The source of the model \"{model.Name}\" is not in \"{sourceFolder}\": build the project again.", e);
        }
    }

    private void DeleteUnfinished()
    {
        // The whole folder may have been deleted meanwhile.
        if (File.Exists(Unfinished))
        {
            File.Delete(Unfinished);
        }
    }
}
