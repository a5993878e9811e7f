using PersonalAi.Adapters.Llama.Native;

namespace PersonalAi.Adapters.Llama.Evaluation;

/// <summary>Scores chunks of a text, each in an empty context.</summary>
/// <param name="model">The model.</param>
/// <param name="context">Holds one chunk.</param>
/// <param name="length">Tokens in a chunk.</param>
/// <param name="cancellationToken">Stops it in the middle of a batch.</param>
internal sealed class PerplexityChunk(LlamaModel model, LlamaContext context, int length, CancellationToken cancellationToken) : IDisposable
{
    private const int Sequence = 0;

    private readonly TokenBatch _batch = new(context.BatchSize);

    /// <summary>Adds the tokens of the second half; each is predicted from all before it, and the first token is BOS where the model knows one.</summary>
    public void Score(ReadOnlySpan<int> tokens, LogLikelihood likelihood)
    {
        context.Truncate(Sequence, 0);
        for (var start = 0; start < length; start += _batch.Capacity)
        {
            var count = Math.Min(_batch.Capacity, length - start);
            Fill(tokens.Slice(start, count), start);
            Decode();
            Add(tokens, start, count, likelihood);
        }
    }

    public void Dispose() => _batch.Dispose();

    // The last token's logits would predict a token of the next chunk.
    private bool IsScored(int position) => position >= length / 2 && position < length - 1;

    private void Fill(ReadOnlySpan<int> tokens, int start)
    {
        _batch.Clear();
        for (var i = 0; i < tokens.Length; i++)
        {
            var position = start + i;
            var token = position == 0 && model.Vocabulary.AddsBeginOfSequence ? model.Vocabulary.BeginOfSequence : tokens[i];
            _batch.Add(token, position, Sequence, IsScored(position));
        }
    }

    private void Decode()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (context.Decode(_batch, [cancellationToken]) != DecodeResult.Done)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ModelException(ModelError.Failed, "llama.cpp found no room for a chunk of the text: choose a smaller --context.");
        }
    }

    private unsafe void Add(ReadOnlySpan<int> tokens, int start, int count, LogLikelihood likelihood)
    {
        for (var i = 0; i < count; i++)
        {
            if (IsScored(start + i))
            {
                likelihood.Add(new ReadOnlySpan<float>(context.Logits(i), model.Vocabulary.Count), tokens[start + i + 1]);
            }
        }
    }
}
