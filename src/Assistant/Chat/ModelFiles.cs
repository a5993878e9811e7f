using System.Collections.Immutable;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Lora;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Chat;

/// <summary>The files that a reference names, which may be handed to the engine.</summary>
/// <param name="Model">The model.</param>
/// <param name="Adapters">What shall act on it, and how strongly.</param>
internal sealed record ModelFiles(CheckedModel Model, ImmutableArray<(CheckedAdapter Adapter, float Scale)> Adapters)
{
    /// <summary>Finds and checks a model with its adapters; the starter is installed first where it is asked for and absent.</summary>
    /// <exception cref="ModelException">One of them cannot be found or trusted.</exception>
    public static async Task<ModelFiles> CheckAsync(
        ModelStore store, string reference, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var names = store.Parse(reference);
        var paths = names.Adapters.Select(adapter => Find(store.Adapters, adapter.Name)).ToArray();
        var path = await store.FindAsync(names.Model, progress, cancellationToken);
        var model = await store.CheckAsync(path, progress, cancellationToken);
        var adapters = ImmutableArray.CreateBuilder<(CheckedAdapter, float)>();
        foreach (var (adapter, adapterPath) in names.Adapters.Zip(paths))
        {
            adapters.Add((await store.Adapters.CheckAsync(adapterPath, progress, cancellationToken), adapter.Scale));
        }

        return new ModelFiles(model, adapters.ToImmutable());
    }

    /// <summary>The full path of an adapter.</summary>
    /// <exception cref="ModelException">There is none of that name; the message has the nearest.</exception>
    public static string Find(AdapterStore adapters, string name) => adapters.Find(name) ?? throw new ModelException(
        ModelError.NotFound,
        adapters.Names is { Count: > 0 } names
            ? $"There is no adapter '{name}'; {DidYouMean.Ending(name, names)}"
            : $"There is no adapter '{name}': add one with 'pai adapters add FILE', or give the path of a .gguf file.");
}
