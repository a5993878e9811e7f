using System.Diagnostics;
using System.Runtime.InteropServices;
using PersonalAi.Adapters.Llama.Native;

namespace PersonalAi.Adapters.Llama.Tuning;

/// <summary>
/// A context that is there to be timed: it evaluates random tokens, and gets deep without paying for it, by copying what is in its
/// cache to the positions after it. What the copies mean is nonsense; what they cost is what a real context of that depth costs.
/// </summary>
internal sealed unsafe class TimedContext : IDisposable
{
    private const int Sequence = 0, Copy = 1;

    private readonly LlamaContextHandle _handle;
    private readonly nint _memory;
    private readonly int _vocabulary;
    private readonly Random _random = new(42);

    /// <param name="model">The model.</param>
    /// <param name="choice">How it is run.</param>
    /// <param name="cells">The most tokens that will be in its cache.</param>
    /// <param name="batch">The most tokens that are evaluated in one go.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <exception cref="ModelException">There is no room for it.</exception>
    public TimedContext(LlamaModel model, TunedChoice choice, int cells, int batch, int threads)
    {
        var options = new LlamaContextOptions { Sequences = 2, BatchSize = batch, FlashAttention = choice.FlashAttention, KeyValueType = choice.KeyValueType };
        var parameters = LlamaContext.Parameters(options, cells, threads);

        NativeLog.Clear();
        using var use = new LlamaModelUse(model.Handle);
        var context = LlamaNative.llama_init_from_model(model.Handle, parameters);
        if (context == nint.Zero)
        {
            throw new ModelException(ModelError.NoRoom, $"A context of {cells} tokens could not be made for \"{model.Path}\" ({NativeLog.LastError}): close other programs.");
        }

        _handle = new LlamaContextHandle(model.Handle, context);
        _memory = LlamaNative.llama_get_memory(_handle);
        _vocabulary = model.Vocabulary.Count;
    }

    /// <summary>Tokens in the cache.</summary>
    public int Depth => LlamaNative.llama_memory_seq_pos_max(_memory, Sequence) + 1;

    /// <summary>Computes with so many threads from now on.</summary>
    public void Use(int threads) => LlamaNative.llama_set_n_threads(_handle, threads, threads);

    /// <summary>Evaluates random tokens after those in the cache.</summary>
    /// <returns>How long that took.</returns>
    public TimeSpan Evaluate(int tokens)
    {
        var ids = new int[tokens];
        for (var i = 0; i < tokens; i++)
        {
            ids[i] = _random.Next(_vocabulary);
        }

        fixed (int* data = ids)
        {
            var started = Stopwatch.GetTimestamp();
            var code = LlamaNative.llama_decode(_handle, new llama_batch { n_tokens = tokens, token = data });
            var time = Stopwatch.GetElapsedTime(started);
            return code == 0
                ? time
                : throw new ModelException(ModelError.Failed, $"llama.cpp failed to evaluate {tokens} tokens (code {code}): {NativeLog.LastError}.");
        }
    }

    /// <summary>Generates random tokens one by one, and forgets them.</summary>
    /// <returns>How long the fastest took: others can only have been held up.</returns>
    public TimeSpan Step(int times)
    {
        var depth = Depth;
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < times; i++)
        {
            var time = Evaluate(1);
            fastest = time < fastest ? time : fastest;
        }

        LlamaNative.llama_memory_seq_rm(_memory, Sequence, depth, -1);
        return fastest;
    }

    /// <summary>Doubles what is in the cache until so many tokens are; where the model's state cannot be moved, it stays as it is.</summary>
    public void Deepen(int depth)
    {
        while (Depth < depth && LlamaNative.llama_memory_can_shift(_memory) != 0 && TryDouble())
        {
        }

        // The positions of copied keys are turned when the next token is evaluated.
        Step(1);
    }

    public void Dispose() => _handle.Dispose();

    private bool TryDouble()
    {
        var length = Depth;
        var size = LlamaNative.llama_state_seq_get_size(_handle, Sequence);
        var state = (byte*)NativeMemory.Alloc(size);
        try
        {
            if (LlamaNative.llama_state_seq_get_data(_handle, state, size, Sequence) == 0
                || LlamaNative.llama_state_seq_set_data(_handle, state, size, Copy) == 0)
            {
                return false;
            }
        }
        finally
        {
            NativeMemory.Free(state);
        }

        LlamaNative.llama_memory_seq_add(_memory, Copy, 0, -1, length);
        LlamaNative.llama_memory_seq_cp(_memory, Copy, Sequence, 0, -1);
        LlamaNative.llama_memory_seq_rm(_memory, Copy, -1, -1);
        return Depth == 2 * length;
    }
}
