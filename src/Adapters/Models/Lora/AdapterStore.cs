namespace PersonalAi.Adapters.Models.Lora;

/// <summary>
/// The folder of adapter files, <c>adapters</c> in the models folder: finds them by name, and lets nothing to the engine whose bytes
/// are not those that were trusted.
/// </summary>
/// <param name="models">The models folder, whose pins hold for adapters too.</param>
public sealed class AdapterStore(ModelStore models)
{
    private const string Ending = ".gguf";

    /// <summary>Where adapter files lie; made when the first one is added.</summary>
    public string Folder { get; } = Path.Combine(models.Folder, "adapters");

    /// <summary>The names of the adapters in the folder, in order.</summary>
    public IReadOnlyList<string> Names => [.. Files().Select(path => Path.GetFileNameWithoutExtension(path))];

    /// <summary>The full path of an adapter; null where there is none.</summary>
    /// <param name="reference">A name in the folder, with or without its ending, in any case; or the path of a .gguf file.</param>
    public string? Find(string reference)
    {
        if (Path.GetFileName(reference) != reference)
        {
            return File.Exists(reference) ? Path.GetFullPath(reference) : null;
        }

        return Files().FirstOrDefault(path => IsCalled(path, reference)) ?? (File.Exists(reference) ? Path.GetFullPath(reference) : null);
    }

    /// <summary>What <see cref="Find"/> takes: the bare name within the folder, elsewhere the path.</summary>
    /// <param name="path">As <see cref="Find"/> gives it.</param>
    public string NameOf(string path) => Path.GetDirectoryName(path) == Folder ? Path.GetFileNameWithoutExtension(path) : path;

    /// <summary>The adapters in the folder, by name; one that cannot be read says why.</summary>
    public IReadOnlyList<AdapterEntry> List() => [.. Files().Select(Describe)];

    /// <summary>One adapter; where it cannot be read it says why.</summary>
    /// <param name="path">As <see cref="Find"/> gives it.</param>
    public AdapterEntry Describe(string path)
    {
        var (pin, trust) = models.TrustOf(path);
        try
        {
            var file = AdapterFile.Read(path);
            return new AdapterEntry(NameOf(path), path, file.Length, file, pin?.Sha256, trust, Problem: null);
        }
        catch (ModelException e)
        {
            var bytes = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
            return new AdapterEntry(NameOf(path), path, bytes, File: null, pin?.Sha256, trust, e.Message);
        }
    }

    /// <summary>Clears an adapter for the engine, as <see cref="ModelStore.CheckAsync"/> does it with models.</summary>
    /// <exception cref="ModelException">It is absent, damaged, no LoRA adapter, or its bytes changed.</exception>
    public async Task<CheckedAdapter> CheckAsync(
        string path, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var (_, pin) = await models.CheckAsync(path, progress, cancellationToken);
        return new CheckedAdapter(NameOf(path), AdapterFile.Read(path), pin);
    }

    /// <summary>Copies an adapter into the folder, and pins it.</summary>
    /// <param name="source">The file.</param>
    /// <param name="name">The name it gets, without an ending.</param>
    /// <param name="progress">Told while it is hashed.</param>
    /// <param name="cancellationToken">Stops it before the copy, or while it is hashed.</param>
    /// <exception cref="ModelException">It is no sound adapter, the name is taken or cannot be one, or the disk is full.</exception>
    public async Task<CheckedAdapter> AddAsync(
        string source, string name, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        RefuseUnlessName(name);
        var file = AdapterFile.Read(source);
        var path = Path.Combine(Folder, name + Ending);
        var unfinished = path + ".part";
        try
        {
            Directory.CreateDirectory(Folder);
            ModelInstallation.EnsureRoom(Folder, file.Length);
            await Task.Run(() => File.Copy(source, unfinished, overwrite: true), cancellationToken);
            File.Move(unfinished, path);
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw ModelFileError.Writing(path, e);
        }
        finally
        {
            // What a read-only disk refuses to delete was never written.
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }

        return await CheckAsync(path, progress, cancellationToken);
    }

    private void RefuseUnlessName(string name)
    {
        // '+' and '@' separate names and scales in a reference.
        if (name.Length == 0 || Path.GetFileName(name) != name || name.AsSpan().ContainsAny("+@"))
        {
            throw new ModelException(ModelError.Unsupported, $"'{name}' cannot be the name of an adapter: choose one without '/', '+' and '@'.");
        }

        if (Files().Any(path => IsCalled(path, name)))
        {
            throw new ModelException(ModelError.Unsupported, $"There is an adapter '{name}' already: choose another name with --name, or remove it with 'pai adapters rm {name}'.");
        }
    }

    private static bool IsCalled(string path, string name) =>
        string.Equals(Path.GetFileName(path), name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(Path.GetFileNameWithoutExtension(path), name, StringComparison.OrdinalIgnoreCase);

    private string[] Files() =>
        Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder, "*" + Ending).Order(StringComparer.OrdinalIgnoreCase)] : [];
}
