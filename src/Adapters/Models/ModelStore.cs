using PersonalAi.Adapters.Models.Lora;

namespace PersonalAi.Adapters.Models;

/// <summary>
/// The folder of model files: installs what setup brought along, finds models by name, and lets nothing to the engine whose
/// bytes are not those that were trusted. The folder may be deleted at any time; what is bundled is then installed anew.
/// </summary>
/// <param name="folder">Where model files lie; made when it is first needed. Several processes may share it.</param>
/// <param name="bundleFolder">Where the sources of bundled models lie, one folder each: <c>models</c> beside the program.</param>
/// <param name="time">Paces the wait for another process.</param>
public sealed class ModelStore(string folder, string bundleFolder, TimeProvider time)
{
    private const string Ending = ".gguf";

    /// <summary>Where model files lie.</summary>
    public string Folder { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    /// <summary>The adapters beside the models.</summary>
    public AdapterStore Adapters => field ??= new AdapterStore(this);

    /// <summary>Puts a bundled model into the models folder, unless it is there, and gives its path.</summary>
    /// <exception cref="ModelException">The source is absent or damaged, a file of this name is another, or the disk is full.</exception>
    public async Task<string> InstallAsync(
        BundledModel model, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var path = Path.Combine(Folder, model.FileName);
        if (!File.Exists(path))
        {
            using var _ = await LockAsync(model.FileName, progress, cancellationToken);
            if (!File.Exists(path))
            {
                var pins = ModelPins.Load(Folder);
                var installation = new ModelInstallation(model, Path.Combine(bundleFolder, model.Name), path);
                await Task.Run(() => installation.Run(progress, cancellationToken), cancellationToken);
                pins.Save(path, ModelStamp.Of(path).Pin(model.Sha256, ModelPinSource.Bundled));
            }
        }

        await CheckAsync(path, progress, cancellationToken);
        return path;
    }

    /// <summary>The full path of a model; a bundled one is installed where it is absent.</summary>
    /// <param name="reference">The name of a bundled model, or as <see cref="Resolve"/> takes it.</param>
    /// <param name="progress">Told while it is installed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ModelException">There is none, more than one, or it cannot be installed.</exception>
    public async Task<string> FindAsync(string reference, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default) =>
        BundledModel.All.FirstOrDefault(model => model.Name == reference) is { } bundled
            ? await InstallAsync(bundled, progress, cancellationToken)
            : Resolve(reference);

    /// <summary>Tells the model in a reference from its adapters; that they are there is not looked at.</summary>
    /// <exception cref="ModelException">It cannot be read (<see cref="ModelError.Unsupported"/>).</exception>
    public ModelRef Parse(string reference) => ModelRef.Parse(reference, IsName, text => Adapters.Find(text) is not null);

    /// <summary>Whether setup brought along what a bundled model is made from.</summary>
    public bool HasSource(BundledModel model) => Directory.Exists(Path.Combine(bundleFolder, model.Name));

    /// <summary>The full path of a model.</summary>
    /// <param name="reference">
    /// A name in the models folder, with or without its ending, in any case, or the beginning of just one; or the path of a .gguf file.
    /// </param>
    /// <exception cref="ModelException">There is none, or more than one.</exception>
    public string Resolve(string reference)
    {
        if (Path.GetFileName(reference) != reference)
        {
            return File.Exists(reference) || Directory.Exists(reference)
                ? Path.GetFullPath(reference)
                : throw new ModelException(ModelError.NotFound, $"There is no model file \"{reference}\": check the path.");
        }

        var files = Files();
        var matches = Match(files, reference);
        return matches switch
        {
            [string one] => one,
            [] when File.Exists(reference) => Path.GetFullPath(reference),
            [] when files is [] => throw new ModelException(
                ModelError.NotFound, $"There is no model \"{reference}\", and the folder \"{Folder}\" has none: give the path of a .gguf file."),
            [] => throw new ModelException(
                ModelError.NotFound, $"There is no model \"{reference}\": choose from {Quoted(files)}, or give the path of a .gguf file."),
            _ => throw new ModelException(ModelError.NotFound, $"The model \"{reference}\" could be {Quoted(matches)}: write more of its name."),
        };
    }

    /// <summary>
    /// Clears a file for the engine: its header is sound, and its bytes are those that were pinned. A file that is not yet known
    /// is hashed and pinned; one whose size or time changed is hashed again.
    /// </summary>
    /// <exception cref="ModelException">It is absent, damaged, not the first of several parts, or its bytes changed.</exception>
    public async Task<CheckedModel> CheckAsync(
        string path, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        path = Path.GetFullPath(path);
        var pin = ModelPins.Load(Folder).Find(path);
        if (pin is not null && File.Exists(path))
        {
            // Before the header, so that a known model that was damaged is refused by its hash.
            pin = await ConfirmAsync(path, pin, progress, cancellationToken);
        }

        var file = GgufFile.ReadWhole(path);
        List<ModelPin> pins = [pin ?? await TrustAsync(path, progress, cancellationToken)];
        foreach (var part in file.Split is null ? [] : GgufSplit.PathsOf(path).Skip(1))
        {
            pins.Add(await ConfirmAsync(part, progress, cancellationToken));
        }

        return new CheckedModel(file, ModelPin.OfParts(pins));
    }

    /// <summary>The pin of a file: one that is not known yet is pinned, one that was written to is compared.</summary>
    /// <exception cref="ModelException">It is absent, or its bytes changed.</exception>
    public async Task<ModelPin> ConfirmAsync(string path, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default) =>
        ModelPins.Load(Folder).Find(path) is { } pin
            ? await ConfirmAsync(path, pin, progress, cancellationToken)
            : await TrustAsync(path, progress, cancellationToken);

    /// <summary>Makes the folder where it is absent, and finds out whether so much fits into it.</summary>
    /// <exception cref="ModelException">Its disk has not so many bytes free.</exception>
    public void EnsureRoom(long bytes)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            ModelInstallation.EnsureRoom(Folder, bytes);
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw ModelFileError.Writing(Folder, e);
        }
    }

    /// <summary>Takes a file that was brought into the folder under another name, and is whole: gives it its name, and pins it.</summary>
    /// <exception cref="ModelException">It is no sound model file, and is deleted; or a file of that name is there.</exception>
    internal async Task<ModelPin> AdoptAsync(
        string unfinished, string fileName, string sha256, ModelPinSource source, CancellationToken cancellationToken = default)
    {
        try
        {
            GgufFile.Read(unfinished);
        }
        catch (ModelException e) when (e.Error is ModelError.Corrupt or ModelError.Unsupported)
        {
            File.Delete(unfinished);
            throw;
        }

        var path = Path.Combine(Folder, fileName);
        using var _ = await LockAsync(fileName, null, cancellationToken);
        try
        {
            File.Move(unfinished, path);
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw ModelFileError.Writing(path, e);
        }

        var pin = ModelStamp.Of(path).Pin(sha256, source);
        ModelPins.Load(Folder).Save(path, pin);
        return pin;
    }

    /// <summary>Hashes models again, whatever their size and time say.</summary>
    /// <param name="reference">As <see cref="Resolve"/> takes it; null for every file in the models folder.</param>
    /// <param name="progress">Told while hashing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<ModelVerification>> VerifyAsync(
        string? reference = null, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        List<ModelVerification> results = [];
        foreach (var path in reference is null ? AllFiles() : PartsOf(Resolve(reference)))
        {
            results.Add(await VerifyFileAsync(path, progress, cancellationToken));
        }

        return results;
    }

    /// <summary>Trusts a file as it is now, on the user's word.</summary>
    /// <param name="reference">As <see cref="Resolve"/> takes it.</param>
    /// <param name="progress">Told while hashing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ModelPin> RepinAsync(
        string reference, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var pins = new List<ModelPin>();
        foreach (var path in PartsOf(Resolve(reference)))
        {
            var stamp = ModelStamp.Of(path);
            pins.Add(stamp.Pin(await HashAsync(path, progress, cancellationToken), ModelPinSource.User));
            await SaveAsync(path, pins[^1], cancellationToken);
        }

        return ModelPin.OfParts(pins);
    }

    /// <summary>Deletes a model of the folder, all its parts where it has several, and forgets its pins.</summary>
    /// <param name="path">As <see cref="Resolve"/> gives it.</param>
    /// <param name="cancellationToken">Stops waiting for another process.</param>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken = default)
    {
        using var _ = await LockAsync(Path.GetFileName(path), null, cancellationToken);
        foreach (var part in PartsOf(path))
        {
            try
            {
                File.Delete(part);
            }
            catch (Exception e) when (ModelFileError.Is(e))
            {
                throw ModelFileError.Writing(part, e);
            }

            ModelPins.Load(Folder).Remove(part);
        }
    }

    /// <summary>The models in the folder, by name; one that cannot be read says why.</summary>
    public IReadOnlyList<ModelEntry> List()
    {
        var pins = ModelPins.Load(Folder);
        return [.. Files().Select(path => Describe(path, pins))];
    }

    /// <summary>One model, in the folder or elsewhere; one that cannot be read says why.</summary>
    /// <param name="path">As <see cref="Resolve"/> gives it.</param>
    public ModelEntry Describe(string path) => Describe(path, ModelPins.Load(Folder));

    /// <summary>The pin of a file, and what its size and time say about its bytes.</summary>
    internal (ModelPin? Pin, ModelTrust Trust) TrustOf(string path)
    {
        var pin = ModelPins.Load(Folder).Find(path);
        return (pin, TrustIn(path, pin));
    }

    private ModelEntry Describe(string path, ModelPins pins)
    {
        var pin = pins.Find(path);
        var id = IdOf(path);
        var bundled = BundledAs(path) is not null;
        try
        {
            var model = ModelInspection.Of(GgufFile.ReadWhole(path));
            return new ModelEntry(id, path, model.FileBytes, model.Architecture, model.Quantisation, pin?.Sha256, bundled, Problem: null)
            {
                Trust = TrustIn(path, pins),
            };
        }
        catch (ModelException e)
        {
            var bytes = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
            return new ModelEntry(id, path, bytes, null, null, pin?.Sha256, bundled, e.Message)
            {
                Trust = pin is null ? ModelTrust.Unpinned : ModelTrust.Touched,
            };
        }
    }

    private static ModelTrust TrustIn(string path, ModelPins pins)
    {
        List<ModelTrust> parts = [.. PartsOf(path).Select(part => TrustIn(part, pins.Find(part)))];
        return parts.Contains(ModelTrust.Touched) ? ModelTrust.Touched
            : parts.Contains(ModelTrust.Unpinned) ? ModelTrust.Unpinned
            : ModelTrust.Pinned;
    }

    private static ModelTrust TrustIn(string path, ModelPin? pin) =>
        pin is null ? ModelTrust.Unpinned
        : ModelStamp.Of(path) == new ModelStamp(pin.Bytes, pin.Modified) ? ModelTrust.Pinned
        : ModelTrust.Touched;

    private async Task<ModelPin> ConfirmAsync(
        string path, ModelPin pin, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        var stamp = ModelStamp.Of(path);
        if (stamp == new ModelStamp(pin.Bytes, pin.Modified))
        {
            return pin;
        }

        var actual = await HashAsync(path, progress, cancellationToken);
        if (actual != pin.Sha256)
        {
            throw Changed(path, pin.Sha256, actual);
        }

        pin = stamp.Pin(pin.Sha256, pin.Source);
        await SaveAsync(path, pin, cancellationToken);
        return pin;
    }

    private async Task<ModelPin> TrustAsync(string path, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        var stamp = ModelStamp.Of(path);
        var actual = await HashAsync(path, progress, cancellationToken);
        var bundled = Path.GetDirectoryName(path) == Folder ? BundledAs(path) : null;
        if (bundled is not null && actual != bundled.Sha256)
        {
            throw Changed(path, bundled.Sha256, actual);
        }

        var pin = stamp.Pin(actual, bundled is null ? ModelPinSource.FirstUse : ModelPinSource.Bundled);
        await SaveAsync(path, pin, cancellationToken);
        return pin;
    }

    private async Task<ModelVerification> VerifyFileAsync(
        string path, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        var pin = ModelPins.Load(Folder).Find(path);
        var expected = pin?.Sha256 ?? BundledAs(path)?.Sha256;
        var actual = await HashAsync(path, progress, cancellationToken);
        var verdict = expected is null ? ModelVerdict.Unknown : actual == expected ? ModelVerdict.Unchanged : ModelVerdict.Changed;
        if (verdict == ModelVerdict.Changed && pin is not null)
        {
            // Size and time did not give it away, so they must not be believed at the next use either.
            await SaveAsync(path, pin with { Modified = default }, cancellationToken);
        }

        return new ModelVerification(IdOf(path), path, verdict, expected, actual);
    }

    private static async Task<string> HashAsync(string path, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => ModelHash.Of(path, progress, cancellationToken), cancellationToken);
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw ModelFileError.Reading(path, e);
        }
    }

    private async Task SaveAsync(string path, ModelPin pin, CancellationToken cancellationToken)
    {
        using var _ = await LockAsync(Path.GetFileName(path), null, cancellationToken);
        ModelPins.Load(Folder).Save(path, pin);
    }

    private Task<ModelFolderLock> LockAsync(string fileName, IProgress<ModelProgress>? progress, CancellationToken cancellationToken) =>
        ModelFolderLock.AcquireAsync(
            Folder, time, () => progress?.Report(new ModelProgress(fileName, ModelStage.Waiting, 0, 0)), cancellationToken);

    // A model in several files goes by its first.
    private string[] Files() => [.. AllFiles().Where(path => !GgufSplit.IsLaterPart(path))];

    private static IEnumerable<string> PartsOf(string path) => GgufSplit.PathsOf(path).Where(part => part == path || File.Exists(part));

    private string[] AllFiles() =>
        Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder, "*" + Ending).Order(StringComparer.OrdinalIgnoreCase)] : [];

    private bool IsName(string reference) =>
        File.Exists(reference)
        || BundledModel.All.Any(model => model.Name == reference)
        || Files().Any(path => Names(path).Contains(reference, StringComparer.OrdinalIgnoreCase));

    private static string[] Match(string[] files, string reference)
    {
        string[] exact = [.. files.Where(path => Names(path).Contains(reference, StringComparer.OrdinalIgnoreCase))];
        return exact is [] ? [.. files.Where(path => Path.GetFileName(path).StartsWith(reference, StringComparison.OrdinalIgnoreCase))] : exact;
    }

    private static string?[] Names(string path) =>
        [Path.GetFileName(path), Path.GetFileNameWithoutExtension(path), BundledAs(path)?.Name];

    private static BundledModel? BundledAs(string path) =>
        BundledModel.All.FirstOrDefault(model => model.FileName == Path.GetFileName(path));

    private static string Quoted(string[] files) => string.Join(", ", files.Select(path => $"\"{Path.GetFileNameWithoutExtension(path)}\""));

    /// <summary>What <see cref="Resolve"/> takes: the bare name within the models folder, elsewhere the path.</summary>
    private string IdOf(string path) => Path.GetDirectoryName(path) == Folder ? Path.GetFileNameWithoutExtension(path) : path;

    private ModelException Changed(string path, string expected, string actual) => ModelHash.Changed(
        path,
        expected,
        actual,
        $"put the right file back (a bundled one comes again when it is deleted), or trust this one with 'pai models pin {IdOf(path)}'");
}
