using System.Collections.Immutable;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Download;

namespace PersonalAi.Adapters.Engines;

/// <summary>Installs a build of llama.cpp from a registry, or from archives of this machine, and trusts nothing but the hashes.</summary>
/// <param name="store">Where it goes.</param>
/// <param name="http">Reaches the registry that the user consented to, and follows no redirect on its own.</param>
/// <param name="time">Paces what is tried again.</param>
/// <param name="rules">What may be done, and how long it is tried.</param>
public sealed class EngineInstaller(EngineStore store, HttpClient http, TimeProvider time, DownloadRules rules)
{
    /// <summary>Installs a build; what came of a download that was stopped is kept, and gone on with at the next call.</summary>
    /// <param name="build">Which.</param>
    /// <param name="sources">Where each of its packages is.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ModelException">A source fails or has another file, or the disk is full.</exception>
    public async Task InstallAsync(EngineBuild build, ImmutableArray<Uri> sources, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(build);
        using var held = await ModelFolderLock.AcquireAsync(
            store.Folder, time, () => progress?.Report(new ModelProgress(store.FolderOf(build), ModelStage.Waiting, 0, 0)), cancellationToken);
        if (store.Has(build))
        {
            return;
        }

        ModelInstallation.EnsureRoom(store.Folder, build.InstalledBytes);
        var archives = new List<(EngineArchive Archive, string? Temporary)>();
        foreach (var (package, source) in build.Packages.Zip(sources))
        {
            archives.Add(await BringAsync(build, package, source, progress, cancellationToken));
        }

        await Task.Run(() => Unpack(build, archives.Select(archive => archive.Archive), cancellationToken), cancellationToken);
        archives.ForEach(archive => Delete(archive.Temporary));
    }

    private async Task<(EngineArchive Archive, string? Temporary)> BringAsync(
        EngineBuild build, EnginePackage package, Uri source, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        if (source.IsFile)
        {
            return (await VerifiedAsync(package, source.LocalPath, cancellationToken), null);
        }

        var name = package.FileName(build.Version);
        var path = Path.Combine(store.Folder, name);
        if (!File.Exists(path))
        {
            await FetchAsync(new WantedFile(name, source) { Bytes = package.Bytes, Integrity = package.Integrity, Format = FileFormat.Gzip }, path, progress, cancellationToken);
        }

        try
        {
            return (await VerifiedAsync(package, path, cancellationToken), path);
        }
        catch (ModelException)
        {
            File.Delete(path);
            throw;
        }
    }

    private async Task FetchAsync(WantedFile wanted, string path, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        using var part = await Task.Run(() => UnfinishedFile.Open(path + ".part", progress, cancellationToken), cancellationToken);
        try
        {
            await new HttpTransfer(http, time, rules, wanted, part, store.Folder).RunAsync(progress, cancellationToken);
        }
        catch when (part.Length == 0)
        {
            part.Delete();
            throw;
        }

        part.Complete();
        File.Move(path + ".part", path);
    }

    private static async Task<EngineArchive> VerifiedAsync(EnginePackage package, string path, CancellationToken cancellationToken)
    {
        var archive = new EngineArchive(package, path);
        try
        {
            await Task.Run(archive.Verify, cancellationToken);
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw new ModelException(ModelError.NotFound, $"The package \"{path}\" cannot be read ({e.Message.TrimEnd('.')}): check the path.", e);
        }

        return archive;
    }

    // Unpacked beside its place, and renamed when it is whole: a build that is half there is never loaded.
    private void Unpack(EngineBuild build, IEnumerable<EngineArchive> archives, CancellationToken cancellationToken)
    {
        var folder = store.FolderOf(build);
        var unfinished = folder + ".unfinished";
        try
        {
            DeleteFolder(unfinished);
            foreach (var archive in archives)
            {
                archive.Unpack(unfinished, cancellationToken);
            }

            DeleteFolder(folder);
            Directory.Move(unfinished, folder);
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw ModelFileError.Writing(unfinished, e);
        }
        finally
        {
            DeleteFolder(unfinished);
        }
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Delete(string? file)
    {
        if (file is not null)
        {
            File.Delete(file);
        }
    }
}
