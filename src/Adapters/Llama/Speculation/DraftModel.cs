using System.Numerics.Tensors;
using PersonalAi.Adapters.Llama.Batching;
using PersonalAi.Adapters.Llama.Native;

namespace PersonalAi.Adapters.Llama.Speculation;

/// <summary>
/// Drafts with a smaller model of the same vocabulary (speculative decoding; Leviathan et al. 2023), always its likeliest token, as
/// long as it is sure of it. Used from one thread.
/// </summary>
internal sealed unsafe class DraftModel : IDisposable
{
    // Of a token that is less likely than this to the small model, the large one thinks otherwise too often.
    private const double LeastProbability = 0.6;

    private readonly LlamaContext _context;
    private readonly TokenBatch _batch;
    private readonly int _vocabulary;
    private readonly CachedSequence _sequence = new(id: 0);

    private DraftModel(LlamaModel model, LlamaContext context)
    {
        _context = context;
        _batch = new TokenBatch(context.BatchSize);
        _vocabulary = model.Vocabulary.Count;
    }

    /// <summary>Makes a context for a small model.</summary>
    /// <param name="small">The small model; it stays the caller's.</param>
    /// <param name="large">The model it drafts for.</param>
    /// <param name="options">How the large model is run; the small one is run alike, with one sequence.</param>
    /// <exception cref="ModelException">The vocabularies differ, or there is no room.</exception>
    public static DraftModel Create(LlamaModel small, LlamaModel large, LlamaContextOptions options)
    {
        if (large.Vocabulary.FirstDifference(small.Vocabulary) is { } difference)
        {
            throw new ModelException(
                ModelError.Unsupported,
                $"'{small.Path}' cannot draft for '{large.Path}', their vocabularies differ ({difference}): choose a smaller model of the same family.");
        }

        return new DraftModel(small, LlamaContext.Create(small, options with { Sequences = 1, CacheTokens = null }));
    }

    /// <summary>Proposes up to so many tokens that follow.</summary>
    public int[] Draft(ReadOnlySpan<int> tokens, int count, CancellationToken cancellationToken)
    {
        count = Math.Min(count, _context.Length - tokens.Length);
        if (count <= 0)
        {
            return [];
        }

        var common = Math.Min(tokens.CommonPrefixLength(_sequence.Tokens), tokens.Length - 1);
        _sequence.Keep(_context, common);
        var draft = new int[count];
        var drafted = 0;
        for (var rest = tokens[_sequence.Length..]; drafted < count && Evaluate(rest, cancellationToken) && Likeliest() is { } next; rest = draft.AsSpan(drafted - 1, 1))
        {
            draft[drafted++] = next;
        }

        return draft[..drafted];
    }

    public void Dispose()
    {
        _batch.Dispose();
        _context.Dispose();
    }

    private bool Evaluate(ReadOnlySpan<int> tokens, CancellationToken cancellationToken)
    {
        while (!tokens.IsEmpty)
        {
            var chunk = tokens[..Math.Min(tokens.Length, _batch.Capacity)];
            tokens = tokens[chunk.Length..];
            _batch.Clear();
            for (var i = 0; i < chunk.Length; i++)
            {
                _batch.Add(chunk[i], _sequence.Length + i, _sequence.Id, givesOutput: tokens.IsEmpty && i == chunk.Length - 1);
            }

            if (_context.Decode(_batch, [cancellationToken]) != DecodeResult.Done)
            {
                _sequence.Keep(_context, _sequence.Length);
                return false;
            }

            _sequence.Append(chunk);
        }

        return true;
    }

    // Null where the model is not sure.
    private int? Likeliest()
    {
        var logits = new ReadOnlySpan<float>(_context.Logits(_batch.Count - 1), _vocabulary);
        var best = TensorPrimitives.IndexOfMax(logits);
        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - logits[best]);
        }

        return 1 / sum >= LeastProbability ? best : null;
    }
}
