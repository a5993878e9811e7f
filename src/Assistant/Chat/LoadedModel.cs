using System.Diagnostics;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Adapters.Models.Lora;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Chat;

/// <summary>A model that is checked and in memory, and the adapters that a reference names with it.</summary>
internal sealed class LoadedModel : IDisposable
{
    private readonly List<ScaledAdapter> _adapters = [];

    private LoadedModel(CheckedModel file, RunPlan plan, LlamaModel model)
    {
        File = file;
        Plan = plan;
        Model = model;
    }

    /// <summary>The model's file.</summary>
    public CheckedModel File { get; }

    /// <summary>The model's file without folder and ending, and its adapters as a reference names them.</summary>
    public string Name =>
        $"{new ModelRef(Path.GetFileNameWithoutExtension(File.File.Path), [.. _adapters.Select(scaled => new AdapterRef(scaled.Adapter.Name, scaled.Scale))])}";

    /// <summary>How it is run on this machine.</summary>
    public RunPlan Plan { get; }

    /// <summary>The model in memory.</summary>
    public LlamaModel Model { get; }

    /// <summary>What acts on the model.</summary>
    public AdapterSet Adapters { get; private set; } = AdapterSet.Empty;

    /// <summary>How long the loading took, once the files were checked.</summary>
    public TimeSpan LoadTime { get; private set; }

    /// <summary>Checks and loads a model with its adapters; the starter is installed first where it is asked for and absent.</summary>
    /// <exception cref="ModelException">One of them cannot be found, trusted, or loaded, or they do not belong together.</exception>
    public static async Task<LoadedModel> OpenAsync(
        LlamaLibrary library, ModelStore store, ModelOptions options, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var names = store.Parse(options.Name);
        var paths = names.Adapters.Select(adapter => Find(store.Adapters, adapter.Name)).ToArray();
        var path = await store.FindAsync(names.Model, progress, cancellationToken);
        var file = await store.CheckAsync(path, progress, cancellationToken);
        var adapters = new List<(CheckedAdapter, float)>();
        foreach (var (adapter, adapterPath) in names.Adapters.Zip(paths))
        {
            adapters.Add((await store.Adapters.CheckAsync(adapterPath, progress, cancellationToken), adapter.Scale));
        }

        var choice = new TuningFile(store.Folder).Find(TuningKey.Of(library, file.File))?.Choice;
        var plan = RunPlan.For(file.File, options.Wishes(), choice, MachineMemory.Read(), progress);
        return await Task.Run(() => Load(library, file, plan, adapters, cancellationToken), cancellationToken);
    }

    /// <summary>The full path of an adapter.</summary>
    /// <exception cref="ModelException">There is none of that name; the message has the nearest.</exception>
    public static string Find(AdapterStore adapters, string name) => adapters.Find(name) ?? throw new ModelException(
        ModelError.NotFound,
        adapters.Names is { Count: > 0 } names
            ? $"There is no adapter '{name}'; {DidYouMean.Ending(name, names)}"
            : $"There is no adapter '{name}': add one with 'pai adapters add FILE', or give the path of a .gguf file.");

    private static LoadedModel Load(
        LlamaLibrary library, CheckedModel file, RunPlan plan, IEnumerable<(CheckedAdapter Adapter, float Scale)> adapters, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var loaded = new LoadedModel(file, plan, LlamaModel.Load(library, file.File.Path, plan.Model, cancellationToken: cancellationToken));
        try
        {
            foreach (var (adapter, scale) in adapters)
            {
                loaded._adapters.Add(new ScaledAdapter(LlamaAdapter.Load(loaded.Model, file, adapter), scale));
            }

            loaded.Adapters = AdapterSet.Of(loaded._adapters);
            loaded.LoadTime = Stopwatch.GetElapsedTime(started);
            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var scaled in _adapters)
        {
            scaled.Adapter.Dispose();
        }

        Model.Dispose();
    }
}
