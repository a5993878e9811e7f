using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Llama.Native;
using PersonalAi.Adapters.Llama.Snapshots;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Adapters.Llama;

/// <summary>A context of llama.cpp: a KV cache whose cells several sequences share. Used from one thread.</summary>
internal sealed unsafe class LlamaContext : IDisposable
{
    private const int DefaultLength = 4096;
    private const int FlashAttentionOff = 0, FlashAttentionOn = 1;

    // Return codes of llama_decode, llama.h.
    private const int NoSlot = 1, Aborted = 2;

    private readonly LlamaContextHandle _handle;
    private readonly nint _memory;
    private readonly AbortSignal _abort;
    private AdapterSet _adapters = AdapterSet.Empty;

    private LlamaContext(LlamaModel model, LlamaContextHandle handle, LlamaContextOptions options, int threads, AbortSignal abort)
    {
        _handle = handle;
        _abort = abort;
        _memory = LlamaNative.llama_get_memory(handle);
        CacheLength = (int)LlamaNative.llama_n_ctx(handle);
        Length = options is { ContextLength: { } length, CacheTokens: not null } ? Math.Min(length, CacheLength) : CacheLength;
        BatchSize = (int)LlamaNative.llama_n_batch(handle);
        Threads = threads;
        Sequences = (int)LlamaNative.llama_n_seq_max(handle);
        KeepsWholeSequencesOnly = LlamaNative.llama_model_is_recurrent(model.Handle) != 0 || LlamaNative.llama_model_is_hybrid(model.Handle) != 0;
    }

    /// <summary>The context window of one sequence, in tokens.</summary>
    public int Length { get; }

    /// <summary>The cells of the KV cache, in tokens: all sequences share them.</summary>
    public int CacheLength { get; }

    /// <summary>The most tokens in one batch.</summary>
    public int BatchSize { get; }

    /// <summary>Threads to compute with.</summary>
    public int Threads
    {
        get;
        set
        {
            if (field != value)
            {
                field = value;
                LlamaNative.llama_set_n_threads(_handle, value, value);
            }
        }
    }

    /// <summary>How many sequences there are, numbered from 0.</summary>
    public int Sequences { get; }

    /// <summary>Whether the model's state cannot be cut, as that of recurrent models: a prefix can then only be kept as a whole.</summary>
    public bool KeepsWholeSequencesOnly { get; }

    public static LlamaContext Create(LlamaModel model, LlamaContextOptions options)
    {
        var length = options.CacheTokens ?? options.ContextLength ?? Math.Min(model.TrainedContextLength, DefaultLength);
        var threads = options.Threads ?? Environment.ProcessorCount;
        var abort = new AbortSignal();
        var parameters = Parameters(options, length, threads);
        parameters.abort_callback = &IsAborted;
        parameters.abort_callback_data = abort.Address;

        NativeLog.Clear();
        using var use = new LlamaModelUse(model.Handle);
        var context = LlamaNative.llama_init_from_model(model.Handle, parameters);
        return context != nint.Zero
            ? new LlamaContext(model, new LlamaContextHandle(model.Handle, context), options, threads, abort)
            : throw new ModelException(
                ModelError.NoRoom,
                $"A context of {length} tokens could not be made for \"{model.Path}\" ({NativeLog.LastError}): choose a smaller --context.");
    }

    /// <summary>llama.cpp's parameters of a context with one cache for all sequences.</summary>
    public static llama_context_params Parameters(LlamaContextOptions options, int length, int threads)
    {
        var parameters = LlamaNative.llama_context_default_params();
        parameters.n_ctx = (uint)length;
        parameters.n_seq_max = (uint)options.Sequences;
        parameters.kv_unified = 1;
        parameters.n_batch = parameters.n_ubatch = (uint)Math.Min(options.BatchSize, length);
        parameters.n_threads = parameters.n_threads_batch = threads;
        parameters.flash_attn_type = options.FlashAttention ? FlashAttentionOn : FlashAttentionOff;
        parameters.type_k = parameters.type_v = TypeOf(options.KeyValueType);
        return parameters;
    }

    /// <summary>Forgets a sequence from a position on.</summary>
    /// <returns>False where the model's state cannot be cut there; then nothing has changed.</returns>
    public bool Truncate(int sequence, int length) => LlamaNative.llama_memory_seq_rm(_memory, sequence, length, -1) != 0;

    /// <summary>Lets one sequence begin with the first tokens of another, which costs no cells.</summary>
    public void CopyPrefix(int from, int to, int length) => LlamaNative.llama_memory_seq_cp(_memory, from, to, 0, length);

    /// <summary>Computes with these adapters from now on; what the cache holds stays as it was computed.</summary>
    public void Use(AdapterSet adapters)
    {
        if (!adapters.Equals(_adapters))
        {
            adapters.ApplyTo(_handle);
            _adapters = adapters;
        }
    }

    /// <summary>Evaluates a batch.</summary>
    /// <param name="batch">Tokens that follow what their sequences hold.</param>
    /// <param name="owners">Whose requests the tokens belong to: once all of them are cancelled, the evaluation stops in the middle.</param>
    /// <returns>How it went; but for <see cref="DecodeResult.Done"/>, the cache may hold a part of the batch.</returns>
    /// <exception cref="ModelException">llama.cpp failed.</exception>
    public DecodeResult Decode(TokenBatch batch, IReadOnlyCollection<CancellationToken> owners)
    {
        using var watch = _abort.Watch(owners);
        return LlamaNative.llama_decode(_handle, batch.Native) switch
        {
            0 => DecodeResult.Done,
            NoSlot => DecodeResult.CacheFull,
            Aborted => DecodeResult.Aborted,
            var code => throw new ModelException(ModelError.Failed, $"llama.cpp failed to evaluate the tokens (code {code}): {NativeLog.LastError}."),
        };
    }

    /// <summary>The length in bytes of what <see cref="SaveState"/> writes.</summary>
    public long StateLength(int sequence) => (long)LlamaNative.llama_state_seq_get_size(_handle, sequence);

    /// <summary>Writes the keys and values of a sequence.</summary>
    /// <returns>Whether llama.cpp did.</returns>
    public bool SaveState(int sequence, KvSnapshotFile file) =>
        LlamaNative.llama_state_seq_get_data(_handle, file.State, (nuint)file.StateLength, sequence) == (nuint)file.StateLength;

    /// <summary>Reads the keys and values of a sequence back.</summary>
    /// <returns>False if the cache has too few free cells, or the state was written by a context of another kind; the sequence is then empty.</returns>
    public bool RestoreState(int sequence, KvSnapshotFile file)
    {
        var read = LlamaNative.llama_state_seq_set_data(_handle, file.State, (nuint)file.StateLength, sequence) != 0;
        if (!read)
        {
            Truncate(sequence, 0);
        }

        return read;
    }

    /// <summary>The logits after a token of the batch that was evaluated last, one per token of the vocabulary.</summary>
    /// <param name="index">The token's place in the batch; it must have been added as one that gives logits.</param>
    public float* Logits(int index) => LlamaNative.llama_get_logits_ith(_handle, index);

    public void Dispose() => _handle.Dispose();

    private static int TypeOf(KvCacheType type) => type switch
    {
        KvCacheType.Q8 => (int)GgmlType.Q8_0,
        _ => (int)GgmlType.F16,
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte IsAborted(void* flag) => (byte)Volatile.Read(ref Unsafe.AsRef<int>(flag));
}

/// <summary>How an evaluation went.</summary>
internal enum DecodeResult
{
    /// <summary>All tokens are in the cache.</summary>
    Done,

    /// <summary>The cache has too few free cells; nothing was evaluated.</summary>
    CacheFull,

    /// <summary>Nobody waits for the result any more.</summary>
    Aborted,
}
