namespace PersonalAi.Adapters.Models.Download;

/// <summary>Brings model files into the models folder, from a server or from another folder, and trusts nothing but their hash.</summary>
/// <param name="store">The models folder.</param>
/// <param name="http">Reaches the servers that the user consented to, and follows no redirect on its own.</param>
/// <param name="time">Paces what is tried again.</param>
/// <param name="rules">What may be done, and how long it is tried.</param>
public sealed class ModelPull(ModelStore store, HttpClient http, TimeProvider time, DownloadRules rules)
{
    /// <summary>Brings one file, and pins its hash. What came of one that could not be completed is kept, and gone on with at the next call.</summary>
    /// <exception cref="ModelException">
    /// The source fails, has another file, or the disk is full; a file with another hash than the wanted one is thrown away.
    /// </exception>
    public async Task<ModelPin> RunAsync(WantedFile wanted, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var unfinished = Path.Combine(store.Folder, wanted.FileName + ".part");
        using var part = await Task.Run(() => UnfinishedFile.Open(unfinished, progress, cancellationToken), cancellationToken);
        try
        {
            if (wanted.Source.IsFile)
            {
                await Task.Run(() => Copy(wanted, part, progress, cancellationToken), cancellationToken);
            }
            else
            {
                await new HttpTransfer(http, time, rules, wanted, part, store.Folder).RunAsync(progress, cancellationToken);
            }
        }
        catch when (part.Length == 0 || wanted.Source.IsFile)
        {
            part.Delete();
            throw;
        }

        var sha256 = part.Sha256();
        if (wanted.Sha256 is { } published && published != sha256)
        {
            part.Delete();
            throw ModelHash.Changed(wanted.FileName, published, sha256, "what came was deleted, choose another source with --from");
        }

        part.Complete();
        return await store.AdoptAsync(
            unfinished, wanted.FileName, sha256, wanted.Sha256 is null ? ModelPinSource.FirstUse : ModelPinSource.Published, cancellationToken);
    }

    private void Copy(WantedFile wanted, UnfinishedFile part, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        var source = wanted.Source.LocalPath;
        using var file = Open(source);
        ModelInstallation.EnsureRoom(store.Folder, file.Length);
        part.Restart(new PartState(wanted.Source, ETag: null, file.Length, DoneBytes: 0));
        progress?.Report(new ModelProgress(wanted.FileName, ModelStage.Fetching, DoneBytes: 0, file.Length));
        var buffer = new byte[1 << 20];
        int read;
        while ((read = file.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            part.Append(buffer.AsSpan(0, read));
            progress?.Report(new ModelProgress(wanted.FileName, ModelStage.Fetching, part.Length, file.Length));
        }
    }

    private static FileStream Open(string source)
    {
        try
        {
            return new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw ModelFileError.Reading(source, e);
        }
    }
}
