using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Where a configured model is, or what it can be made from.</summary>
/// <param name="Store">The models folder.</param>
/// <param name="Path">Its file; null where it is not installed yet.</param>
/// <param name="Bundled">What setup brought along for it, if anything.</param>
internal sealed record ModelPlace(ModelStore Store, string? Path, BundledModel? Bundled)
{
    /// <exception cref="Adapters.ModelException">There is no such model.</exception>
    public static ModelPlace Of(string reference, ModelStore store)
    {
        var name = store.Parse(reference).Model;
        var bundled = BundledModel.All.FirstOrDefault(model => model.Name == name);
        var path = bundled is null ? store.Resolve(name) : System.IO.Path.Combine(store.Folder, bundled.FileName);
        return new ModelPlace(store, File.Exists(path) || bundled is null ? path : null, bundled);
    }

    /// <summary>What will become of a bundled model that is not installed yet.</summary>
    public Finding Describe()
    {
        var model = Bundled!;
        if (!Store.HasSource(model))
        {
            return Finding.Failure(
                $"'{model.Name}' is not installed, and what it is made from is not beside the program.",
                "Build the project again, which fetches it, or choose another with 'pai config set model.name'.");
        }

        var folder = Folders.NearestExisting(Store.Folder);
        return Folders.MayWrite(folder)
            ? Finding.Ok($"'{model.Name}' ({Quantity.Bytes(model.Bytes)}) will be installed in '{Store.Folder}' at its first use.") with { Bytes = model.Bytes }
            : Finding.Failure($"'{model.Name}' cannot be installed, since '{folder}' may not be written.", "Make it writable, or choose another with 'pai config set models.folder'.");
    }

    /// <summary>What is known about its bytes; they are read only where it was written to since it was trusted.</summary>
    /// <exception cref="Adapters.ModelException">Its bytes are not those that were trusted.</exception>
    public async Task<ModelEntry> ConfirmAsync(CancellationToken cancellationToken = default)
    {
        var entry = Store.Describe(Path!);
        if (entry.Trust != ModelTrust.Touched)
        {
            return entry;
        }

        await Store.CheckAsync(Path!, cancellationToken: cancellationToken);
        return Store.Describe(Path!);
    }

    public static string Say(ModelTrust trust) =>
        trust == ModelTrust.Pinned ? "unchanged since its hash was pinned" : "not used yet, its first use pins its hash";
}
