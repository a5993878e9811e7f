using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PersonalAi.Adapters.Llama.Native;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Adapters.Llama;

/// <summary>A context of llama.cpp with one sequence, and the tokens whose keys and values it holds. Used from one thread.</summary>
internal sealed unsafe class LlamaContext : IDisposable
{
    private const int Sequence = 0;
    private const int DefaultLength = 4096;
    private const int FlashAttentionOff = 0, FlashAttentionOn = 1;

    // Return codes of llama_decode, llama.h.
    private const int NoSlot = 1, Aborted = 2;

    private readonly LlamaContextHandle _handle;
    private readonly nint _memory;
    private readonly List<int> _cached = [];

    // Read by the abort callback in the middle of a computation, so it must not move.
    private readonly int[] _abort;

    private LlamaContext(LlamaContextHandle handle, int[] abort)
    {
        _handle = handle;
        _abort = abort;
        _memory = LlamaNative.llama_get_memory(handle);
        Length = (int)LlamaNative.llama_n_ctx(handle);
        BatchSize = (int)LlamaNative.llama_n_batch(handle);
    }

    /// <summary>The context window in tokens.</summary>
    public int Length { get; }

    /// <summary>The most tokens in one call of <see cref="Decode"/>.</summary>
    public int BatchSize { get; }

    /// <summary>The logits after the newest token, one per token of the vocabulary.</summary>
    public float* Logits => LlamaNative.llama_get_logits_ith(_handle, -1);

    public static LlamaContext Create(LlamaModel model, LlamaContextOptions options)
    {
        var length = options.ContextLength ?? Math.Min(model.TrainedContextLength, DefaultLength);
        var abort = GC.AllocateArray<int>(1, pinned: true);
        var parameters = LlamaNative.llama_context_default_params();
        parameters.n_ctx = (uint)length;
        parameters.n_batch = parameters.n_ubatch = (uint)Math.Min(options.BatchSize, length);
        parameters.n_threads = parameters.n_threads_batch = options.Threads ?? Environment.ProcessorCount;

        parameters.flash_attn_type = options.FlashAttention ? FlashAttentionOn : FlashAttentionOff;
        parameters.type_k = parameters.type_v = TypeOf(options.KeyValueType);
        parameters.abort_callback = &IsAborted;
        parameters.abort_callback_data = Unsafe.AsPointer(ref abort[0]);

        NativeLog.Clear();
        using var use = new LlamaModelUse(model.Handle);
        var context = LlamaNative.llama_init_from_model(model.Handle, parameters);
        return context != nint.Zero
            ? new LlamaContext(new LlamaContextHandle(model.Handle, context), abort)
            : throw new ModelException(
                ModelError.NoRoom,
                $"A context of {length} tokens could not be made for \"{model.Path}\" ({NativeLog.LastError}): choose a smaller --context.");
    }

    /// <summary>Keeps the longest common prefix of the cache and a prompt, and forgets the rest of the cache.</summary>
    /// <returns>The tokens of the prompt that need not be evaluated: all but one at most, since its logits are wanted.</returns>
    public int KeepPrefix(IReadOnlyList<int> prompt)
    {
        var common = 0;
        while (common < _cached.Count && common < prompt.Count - 1 && _cached[common] == prompt[common])
        {
            common++;
        }

        // Some architectures cannot forget a part.
        if (LlamaNative.llama_memory_seq_rm(_memory, Sequence, common, -1) == 0)
        {
            LlamaNative.llama_memory_clear(_memory, data: 1);
            common = 0;
        }

        _cached.RemoveRange(common, _cached.Count - common);
        return common;
    }

    /// <summary>Evaluates tokens after the cached ones.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the cache is as it was before.</exception>
    /// <exception cref="ModelException">llama.cpp failed; the cache is as it was before.</exception>
    public void Decode(ReadOnlySpan<int> tokens, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Volatile.Write(ref _abort[0], 0);
        int code;
        using (cancellationToken.UnsafeRegister(static abort => Volatile.Write(ref ((int[])abort!)[0], 1), _abort))
        {
            fixed (int* data = tokens)
            {
                code = LlamaNative.llama_decode(_handle, new llama_batch { n_tokens = tokens.Length, token = data });
            }
        }

        if (code != 0)
        {
            LlamaNative.llama_memory_seq_rm(_memory, Sequence, _cached.Count, -1);
            throw code == Aborted ? new OperationCanceledException(cancellationToken) : Failure(code);
        }

        _cached.AddRange(tokens);
    }

    public void Dispose() => _handle.Dispose();

    private static int TypeOf(KvCacheType type) => type switch
    {
        KvCacheType.Q8 => (int)GgmlType.Q8_0,
        _ => (int)GgmlType.F16,
    };

    private ModelException Failure(int code) => code == NoSlot
        ? new ModelException(ModelError.PromptTooLong, $"The context window of {Length} tokens is full: enlarge it with --context, or begin a new session.")
        : new ModelException(ModelError.Failed, $"llama.cpp failed to evaluate the tokens (code {code}): {NativeLog.LastError}.");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte IsAborted(void* flag) => (byte)Volatile.Read(ref Unsafe.AsRef<int>(flag));
}
