using PersonalAi.Adapters.Llama.Native;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Lora;

namespace PersonalAi.Adapters.Llama.Lora;

/// <summary>A LoRA adapter in memory, for one model. Contexts that use it keep it loaded, and it keeps its model loaded.</summary>
public sealed class LlamaAdapter : IDisposable
{
    private LlamaAdapter(CheckedAdapter adapter, LlamaAdapterHandle handle)
    {
        Name = adapter.Name;
        Sha256 = adapter.Pin.Sha256;
        Handle = handle;
    }

    /// <summary>As it is called in references.</summary>
    public string Name { get; }

    /// <summary>The hash of its file: what tells it from others.</summary>
    public string Sha256 { get; }

    internal LlamaAdapterHandle Handle { get; }

    /// <summary>Loads an adapter. Do it before the model's engine is made: llama.cpp plans its computations for the adapters that it knows.</summary>
    /// <param name="model">The model in memory.</param>
    /// <param name="baseModel">The file that it was loaded from.</param>
    /// <param name="adapter">The adapter's file.</param>
    /// <exception cref="ModelException">It was made for another model, or llama.cpp refuses it.</exception>
    public static LlamaAdapter Load(LlamaModel model, CheckedModel baseModel, CheckedAdapter adapter)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(baseModel);
        ArgumentNullException.ThrowIfNull(adapter);
        adapter.File.RefuseUnlessFits(baseModel.File, baseModel.Pin.Sha256);

        NativeLog.Clear();
        using var use = new LlamaModelUse(model.Handle);
        var pointer = LlamaNative.llama_adapter_lora_init(model.Handle, adapter.File.Path);
        return pointer != nint.Zero
            ? new LlamaAdapter(adapter, new LlamaAdapterHandle(model.Handle, pointer))
            : throw new ModelException(ModelError.Unsupported, $"llama.cpp could not load the adapter '{adapter.File.Path}': {NativeLog.LastError.TrimEnd('.')}.");
    }

    /// <summary>Frees it as soon as no context uses it any more.</summary>
    public void Dispose() => Handle.Dispose();
}
