using System.Runtime.InteropServices;

namespace PersonalAi.Adapters.Llama.Native;

/// <summary>Owns a <c>llama_model</c>.</summary>
internal sealed class LlamaModelHandle : SafeHandle
{
    internal LlamaModelHandle(nint model)
        : base(nint.Zero, ownsHandle: true) => SetHandle(model);

    public override bool IsInvalid => handle == nint.Zero;

    protected override bool ReleaseHandle()
    {
        LlamaNative.llama_model_free(handle);
        return true;
    }
}

/// <summary>Keeps a model loaded for the length of a scope in which a bare pointer into it is used.</summary>
internal readonly ref struct LlamaModelUse
{
    private readonly LlamaModelHandle _model;

    /// <exception cref="ObjectDisposedException">The model is gone already.</exception>
    public LlamaModelUse(LlamaModelHandle model)
    {
        var added = false;
        model.DangerousAddRef(ref added);
        _model = model;
    }

    public void Dispose() => _model.DangerousRelease();
}

/// <summary>A native object that lives inside a model, and keeps it loaded until it is itself released.</summary>
internal abstract class LlamaModelChildHandle : SafeHandle
{
    private readonly LlamaModelHandle _model;

    private protected LlamaModelChildHandle(LlamaModelHandle model, nint child)
        : base(nint.Zero, ownsHandle: true)
    {
        _model = model;
        var added = false;
        model.DangerousAddRef(ref added);
        SetHandle(child);
    }

    public override bool IsInvalid => handle == nint.Zero;

    protected abstract void Free(nint child);

    protected override bool ReleaseHandle()
    {
        Free(handle);
        _model.DangerousRelease();
        return true;
    }
}

/// <summary>Owns a <c>llama_context</c>.</summary>
internal sealed class LlamaContextHandle(LlamaModelHandle model, nint context) : LlamaModelChildHandle(model, context)
{
    private LlamaAdapterHandle[] _adapters = [];

    /// <summary>Puts adapters in place of those that are set, and keeps them loaded as long as they are.</summary>
    /// <exception cref="ModelException">One is no longer loaded.</exception>
    public unsafe void SetAdapters(LlamaAdapterHandle[] adapters, float[] scales)
    {
        Hold(adapters);
        fixed (nint* pointers = Array.ConvertAll(adapters, adapter => adapter.DangerousGetHandle()))
        fixed (float* scale = scales)
        {
            if (LlamaNative.llama_set_adapters_lora(this, pointers, (nuint)adapters.Length, scale) != 0)
            {
                Release(adapters);
                throw new ModelException(ModelError.Failed, $"llama.cpp could not set the adapters: {NativeLog.LastError}.");
            }
        }

        Release(_adapters);
        _adapters = adapters;
    }

    protected override void Free(nint child)
    {
        LlamaNative.llama_free(child);
        Release(_adapters);
    }

    private static void Hold(LlamaAdapterHandle[] adapters)
    {
        for (var i = 0; i < adapters.Length; i++)
        {
            var added = false;
            try
            {
                adapters[i].DangerousAddRef(ref added);
            }
            catch (ObjectDisposedException e)
            {
                Release(adapters[..i]);
                throw new ModelException(ModelError.Failed, "An adapter was unloaded before its request began: ask again.", e);
            }
        }
    }

    private static void Release(LlamaAdapterHandle[] adapters)
    {
        foreach (var adapter in adapters)
        {
            adapter.DangerousRelease();
        }
    }
}

/// <summary>Owns a <c>llama_adapter_lora</c>.</summary>
internal sealed class LlamaAdapterHandle(LlamaModelHandle model, nint adapter) : LlamaModelChildHandle(model, adapter)
{
    protected override void Free(nint child) => LlamaNative.llama_adapter_lora_free(child);
}

/// <summary>Owns a <c>llama_sampler</c>, or a chain of them, which owns its members.</summary>
internal sealed class LlamaSamplerHandle(LlamaModelHandle model, nint sampler) : LlamaModelChildHandle(model, sampler)
{
    protected override void Free(nint child) => LlamaNative.llama_sampler_free(child);
}
