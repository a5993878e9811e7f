using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Adapters.Llama.Speculation;
using PersonalAi.Adapters.Llama.Text;

namespace PersonalAi.Adapters.Llama.Batching;

/// <summary>A request on its way: its tokens so far, its sampler, and who reads its text.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="steps">Takes what is generated.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class Generation(GenerationRequest request, ChannelWriter<GenerationStep> steps, CancellationToken cancellation) : IDisposable
{
    private readonly List<int> _tokens = [.. request.Prompt];
    private readonly DraftLength _draftLength = new();
    private readonly uint _seed = request.Sampling.Seed ?? (uint)Random.Shared.NextInt64(uint.MaxValue);
    private CachedSequence? _sequence;
    private TokenSampler? _sampler;
    private AnswerText? _text;
    private int _promptTokens = request.Prompt.Count;
    private int _cachedTokens;
    private int _generated;
    private int _drafted;
    private int _accepted;
    private int _limit;
    private long _started;
    private long? _prefilled;

    /// <summary>What is asked for.</summary>
    public GenerationRequest Request => request;

    /// <summary>Ends it.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>The prompt, and what was generated after it.</summary>
    public ReadOnlySpan<int> Tokens => CollectionsMarshal.AsSpan(_tokens);

    /// <summary>Where its tokens are evaluated; set while it runs.</summary>
    public CachedSequence Sequence => _sequence ?? throw new InvalidOperationException("The generation waits for a sequence.");

    /// <summary>The tokens that are still to be evaluated.</summary>
    public ReadOnlySpan<int> Pending => Tokens[Sequence.Length..];

    /// <summary>Begins, or goes on after it was sent back, in a sequence that holds a prefix of its tokens.</summary>
    /// <param name="model">Generates.</param>
    /// <param name="contextLength">The context window in tokens.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="match">What it holds.</param>
    /// <exception cref="ModelException">The grammar cannot be used.</exception>
    public void Run(LlamaModel model, int contextLength, CachedSequence sequence, PrefixMatch match)
    {
        _sequence = sequence;

        // The same text may stand in the cache with other tokens: they are what the model has seen.
        _tokens.RemoveRange(0, match.PromptTokens);
        _tokens.InsertRange(0, sequence.Tokens[..match.CachedTokens]);
        if (_sampler is not null)
        {
            return;
        }

        _started = Stopwatch.GetTimestamp();
        _cachedTokens = match.CachedTokens;
        _promptTokens = _tokens.Count;
        _limit = Math.Min(request.MaxTokens ?? int.MaxValue, contextLength - _promptTokens);
        _text = new AnswerText(model.Vocabulary, request);
        _sampler = new TokenSampler(model, request.Sampling, _seed, request.Grammar);
    }

    /// <summary>Gives its sequence back, to go on later.</summary>
    public CachedSequence Pause()
    {
        var sequence = Sequence;
        _sequence = null;
        return sequence;
    }

    /// <summary>Chooses the next token.</summary>
    /// <param name="model">Its vocabulary tells which tokens end an answer.</param>
    /// <param name="logits">The logits after the newest token.</param>
    /// <returns>Whether it goes on.</returns>
    /// <exception cref="ModelException">No token continues the grammar.</exception>
    public unsafe bool Continue(LlamaModel model, float* logits)
    {
        _prefilled ??= Stopwatch.GetTimestamp();
        if (_generated == _limit)
        {
            return Finish(GenerationEnd.Length);
        }

        var token = _sampler!.Sample(logits);
        if (!request.IgnoresEnd && model.Vocabulary.IsEndOfGeneration(token))
        {
            return Finish(GenerationEnd.Stop);
        }

        _tokens.Add(token);
        _generated++;
        Emit(_text!.Push(token));
        return _text.Stopped ? Finish(GenerationEnd.Stop)
            : _generated == _limit ? Finish(GenerationEnd.Length)
            : true;
    }

    /// <summary>Has the tokens guessed that come next.</summary>
    public ReadOnlySpan<int> Draft(Drafter drafter)
    {
        // The token that is pending gives one more, so the last one needs no guess.
        var draft = drafter.Draft(Tokens, _draftLength, _limit - _generated - 1, cancellation);
        _drafted += draft.Length;
        return draft;
    }

    /// <summary>Takes note that one more token of a guess was right.</summary>
    public void Accept() => _accepted++;

    /// <summary>Takes note of how good a guess was.</summary>
    public void Observe(int drafted, int accepted) => _draftLength.Observe(drafted, accepted);

    /// <summary>Ends it with an error.</summary>
    public void Fail(Exception error)
    {
        Dispose();
        steps.TryComplete(error);
    }

    public void Dispose() => _sampler?.Dispose();

    private bool Finish(GenerationEnd end)
    {
        var prefilled = _prefilled!.Value;
        Emit(_text!.Flush());
        steps.TryWrite(new GenerationStep.Finished(new GenerationResult(
            end,
            _promptTokens,
            _cachedTokens,
            _generated,
            Stopwatch.GetElapsedTime(_started, prefilled),
            Stopwatch.GetElapsedTime(prefilled),
            _seed)
        {
            DraftedTokens = _drafted,
            AcceptedTokens = _accepted,
            Confidence = _sampler!.Confidence.Result,
        }));
        Dispose();
        steps.TryComplete();
        return false;
    }

    private void Emit(string piece)
    {
        if (piece.Length > 0)
        {
            steps.TryWrite(new GenerationStep.Text(piece));
        }
    }
}
