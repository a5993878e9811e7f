using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using PersonalAi.Adapters.Llama.Native;
using PersonalAi.Adapters.Models.Fit;

namespace PersonalAi.Adapters.Llama;

/// <summary>How to load a model file.</summary>
public sealed record LlamaModelOptions
{
    /// <summary>Reads the vocabulary and metadata only: enough to tokenise, not to generate.</summary>
    public bool VocabularyOnly { get; init; }

    /// <summary>
    /// Rearranges weights for the CPU while loading. Decodes Q4_0 1.6 times faster, but loads in seconds instead of at once and holds
    /// the weights twice; other types gain nothing.
    /// </summary>
    public bool Repack { get; init; }

    /// <summary>The layers that lie on GPUs; null keeps all of it, keys and values included, with the processor.</summary>
    public GpuSplit? Gpu { get; init; }
}

/// <summary>A GGUF model in memory: weights (mapped from the file) and vocabulary. Contexts made from it keep it loaded.</summary>
public sealed class LlamaModel : IDisposable
{
    private LlamaModel(LlamaLibrary library, string path, LlamaModelHandle handle, GpuSplit? gpu)
    {
        Library = library;
        ComputedBy = gpu is null ? "the processor" : string.Join(" and ", gpu.Shares.Select(share => $"{share.Layers} layers by {share.Device} ({library.Device(share.Device).Description})"));
        Path = path;
        Handle = handle;
        Vocabulary = new LlamaVocabulary(handle);
    }

    /// <summary>The file it was loaded from.</summary>
    public string Path { get; }

    /// <summary>Its vocabulary.</summary>
    public LlamaVocabulary Vocabulary { get; }

    /// <summary>llama.cpp's one-line description, such as <c>llama 1B IQ2_XXS</c>.</summary>
    public unsafe string Description
    {
        get
        {
            var buffer = stackalloc byte[256];
            LlamaNative.llama_model_desc(Handle, buffer, 256);
            return LlamaNative.Text(buffer);
        }
    }

    /// <summary>The longest context it was trained for, in tokens.</summary>
    public int TrainedContextLength => LlamaNative.llama_model_n_ctx_train(Handle);

    /// <summary>The length of its hidden state, and of an embedding where it is an embedding model.</summary>
    public int EmbeddingLength => LlamaNative.llama_model_n_embd(Handle);

    /// <summary>The chat template that the file carries (Jinja source), or null.</summary>
    public unsafe string? ChatTemplateSource
    {
        get
        {
            var source = LlamaNative.llama_model_chat_template(Handle, null);
            return source is null ? null : LlamaNative.Text(source);
        }
    }

    internal LlamaLibrary Library { get; }

    /// <summary>What computes its layers: numbers that differ in their last bits come from different devices.</summary>
    internal string ComputedBy { get; }

    internal LlamaModelHandle Handle { get; }

    /// <summary>Loads a model file.</summary>
    /// <param name="library">The engine, which is thereby known to fit.</param>
    /// <param name="path">A GGUF file that was found sound, as <see cref="Models.ModelStore.CheckAsync"/> does it: llama.cpp trusts what it reads.</param>
    /// <param name="options">How to load it.</param>
    /// <param name="progress">Receives the loaded part, 0 to 1, from the loading thread; what it throws ends the loading and reaches the caller.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="ModelException">The file is absent, corrupt, or refused by llama.cpp.</exception>
    /// <exception cref="OperationCanceledException">Loading was cancelled.</exception>
    public static unsafe LlamaModel Load(
        LlamaLibrary library,
        string path,
        LlamaModelOptions? options = null,
        IProgress<float>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(library);
        cancellationToken.ThrowIfCancellationRequested();
        var watch = new LoadWatch(progress, cancellationToken);
        var pinned = GCHandle.Alloc(watch);
        try
        {
            var parameters = LlamaNative.llama_model_default_params();
            parameters.vocab_only = options is { VocabularyOnly: true } ? (byte)1 : (byte)0;
            parameters.use_extra_bufts = options is { Repack: true } ? (byte)1 : (byte)0;
            var devices = stackalloc nint[(int)LlamaNative.llama_max_devices() + 1];
            var parts = stackalloc float[(int)LlamaNative.llama_max_devices()];
            Place(library, options?.Gpu, devices, parts);
            (parameters.devices, parameters.tensor_split) = ((nint)devices, (nint)parts);
            parameters.n_gpu_layers = options?.Gpu?.Layers ?? 0;
            parameters.progress_callback = &ReportProgress;
            parameters.progress_callback_user_data = (void*)GCHandle.ToIntPtr(pinned);

            NativeLog.Clear();
            var model = LlamaNative.llama_model_load_from_file(path, parameters);
            if (model != nint.Zero)
            {
                return new LlamaModel(library, path, new LlamaModelHandle(model), options?.Gpu);
            }

            watch.Failure?.Throw();
            cancellationToken.ThrowIfCancellationRequested();
            throw new ModelException(ModelError.Unsupported, $"llama.cpp could not load \"{path}\": {Reason()}.");
        }
        finally
        {
            pinned.Free();
        }
    }

    /// <summary>Frees the weights as soon as no context uses them any more.</summary>
    public void Dispose() => Handle.Dispose();

    // llama.cpp gives each device its part of the layers; the list of devices ends with a zero, and without any, GPUs are not touched.
    private static unsafe void Place(LlamaLibrary library, GpuSplit? gpu, nint* devices, float* parts)
    {
        for (var i = 0; i < (gpu?.Shares.Length ?? 0); i++)
        {
            devices[i] = library.Device(gpu!.Shares[i].Device).Handle;
            parts[i] = gpu.Shares[i].Layers;
        }
    }

    private static string Reason() => NativeLog.LastError is { Length: > 0 } error ? error.TrimEnd('.') : "it gave no reason";

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe byte ReportProgress(float part, void* userData)
    {
        var watch = (LoadWatch)GCHandle.FromIntPtr((nint)userData).Target!;
        return watch.Continues(part) ? (byte)1 : (byte)0;
    }

    private sealed class LoadWatch(IProgress<float>? progress, CancellationToken cancellationToken)
    {
        public ExceptionDispatchInfo? Failure { get; private set; }

        public bool Continues(float part)
        {
#pragma warning disable CA1031 // Called from native code, where an exception would end the process.
            try
            {
                progress?.Report(part);
                return !cancellationToken.IsCancellationRequested;
            }
            catch (Exception e)
            {
                Failure = ExceptionDispatchInfo.Capture(e);
                return false;
            }
#pragma warning restore CA1031
        }
    }
}
