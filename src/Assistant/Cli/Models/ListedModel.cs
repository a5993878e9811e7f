using System.Collections.Immutable;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>Whether a model can be used as it is.</summary>
internal enum ListedState
{
    /// <summary>Its bytes are those that were pinned, as far as size and time tell.</summary>
    Ready,

    /// <summary>Its hash is pinned at its first use.</summary>
    NotUsedYet,

    /// <summary>It was written to, so its hash is compared at its next use.</summary>
    Touched,

    /// <summary>Setup brought it along; it is installed at its first use.</summary>
    NotInstalledYet,

    /// <summary>It cannot be read.</summary>
    Damaged,
}

/// <summary>A model that is installed, or can be.</summary>
internal sealed record ListedModel(
    string Id, string? Path, long Bytes, string? Architecture, string? Quantisation, string? Sha256, bool Bundled, ListedState State, string? Problem)
{
    /// <summary>What the configuration uses it for: <c>chat</c>, <c>embedding</c>.</summary>
    public ImmutableArray<string> Uses { get; init; } = [];

    /// <summary>The models of the folder, the bundled ones that are not in it yet, and the configured ones wherever they lie.</summary>
    public static IReadOnlyList<ListedModel> All(ModelStore store, ModelOptions options)
    {
        var installed = store.List();
        var uses = new[] { (Use: "chat", Place: PlaceOf(options.Name, store)), (Use: "embedding", Place: PlaceOf(options.Embedding, store)) };
        var elsewhere = uses.Select(use => use.Place).Distinct().Where(place => File.Exists(place) && installed.All(entry => entry.Path != place));
        var absent = BundledModel.All.Where(bundled => installed.All(entry => System.IO.Path.GetFileName(entry.Path) != bundled.FileName));
        return
        [
            .. installed.Concat(elsewhere.Select(place => store.Describe(place!))).Select(From).Concat(absent.Select(From))
                .Select(model => model with { Uses = [.. uses.Where(use => use.Place == (model.Path ?? model.Id)).Select(use => use.Use)] })
                .OrderBy(model => model.Id, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static ListedModel From(ModelEntry entry) => new(
        entry.Id, entry.Path, entry.Bytes, entry.Architecture, entry.Quantisation, entry.Sha256, entry.IsBundled, StateOf(entry), entry.Problem);

    private static ListedModel From(BundledModel bundled) => new(
        bundled.Name, Path: null, bundled.Bytes, Architecture: null, Quantisation: null, bundled.Sha256, Bundled: true, ListedState.NotInstalledYet, Problem: null);

    private static ListedState StateOf(ModelEntry entry) => entry switch
    {
        { Problem: not null } => ListedState.Damaged,
        { Trust: ModelTrust.Unpinned } => ListedState.NotUsedYet,
        { Trust: ModelTrust.Touched } => ListedState.Touched,
        _ => ListedState.Ready,
    };

    // The path of a file, or the name of a bundled model that has none yet; null where the configuration names nothing that is here.
    private static string? PlaceOf(string reference, ModelStore store)
    {
        try
        {
            var name = store.Parse(reference).Model;
            return BundledModel.All.FirstOrDefault(bundled => bundled.Name == name && !File.Exists(System.IO.Path.Combine(store.Folder, bundled.FileName)))?.Name ?? store.Resolve(name);
        }
        catch (ModelException)
        {
            return null;
        }
    }
}
