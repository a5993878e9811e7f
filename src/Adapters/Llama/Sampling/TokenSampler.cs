using PersonalAi.Adapters.Llama.Native;

namespace PersonalAi.Adapters.Llama.Sampling;

/// <summary>
/// Chooses tokens from logits: penalties, top-k, top-p, min-p and temperature, then a draw, all llama.cpp's own samplers,
/// and a grammar that has the last word.
/// </summary>
internal sealed unsafe class TokenSampler : IDisposable
{
    private readonly LlamaSamplerHandle _chain;
    private readonly LlamaSamplerHandle? _grammar;
    private readonly llama_token_data[] _candidates;

    /// <param name="model">The model whose tokens are chosen.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <param name="grammar">GBNF with a rule <c>root</c> that the whole answer must match, or null.</param>
    /// <exception cref="ModelException">The grammar cannot be parsed (<see cref="ModelError.Unsupported"/>).</exception>
    public TokenSampler(LlamaModel model, SamplingOptions options, uint seed, string? grammar)
    {
        _candidates = new llama_token_data[model.Vocabulary.Count];
        _grammar = grammar is null ? null : CreateGrammar(model, grammar);
        _chain = CreateChain(model, options, seed);
    }

    /// <summary>How sure the model is of what was chosen.</summary>
    public ConfidenceMeter Confidence { get; } = new();

    /// <summary>Chooses the next token and takes note of it.</summary>
    /// <param name="logits">One per token of the vocabulary.</param>
    public int Sample(float* logits)
    {
        var token = Choose(logits, constrained: false);

        // Checking the one token that was chosen costs microseconds; filtering the whole vocabulary costs milliseconds and is
        // needed only when the grammar refuses it.
        if (_grammar is not null && !Admits(token))
        {
            token = Choose(logits, constrained: true);
        }

        Confidence.Observe(new ReadOnlySpan<float>(logits, _candidates.Length), token, candidate => _grammar is null || Admits(candidate));
        LlamaNative.llama_sampler_accept(_chain, token);
        if (_grammar is not null)
        {
            LlamaNative.llama_sampler_accept(_grammar, token);
        }

        return token;
    }

    public void Dispose()
    {
        _chain.Dispose();
        _grammar?.Dispose();
    }

    private int Choose(float* logits, bool constrained)
    {
        for (var id = 0; id < _candidates.Length; id++)
        {
            _candidates[id] = new llama_token_data { id = id, logit = logits[id] };
        }

        fixed (llama_token_data* data = _candidates)
        {
            var candidates = new llama_token_data_array { data = data, size = (nuint)_candidates.Length, selected = -1 };
            if (constrained)
            {
                LlamaNative.llama_sampler_apply(_grammar!, &candidates);
                DropRefused(&candidates);
            }

            LlamaNative.llama_sampler_apply(_chain, &candidates);
            return candidates.data[candidates.selected].id;
        }
    }

    private bool Admits(int token)
    {
        var candidate = new llama_token_data { id = token };
        var one = new llama_token_data_array { data = &candidate, size = 1, selected = -1 };
        LlamaNative.llama_sampler_apply(_grammar!, &one);
        return !float.IsNegativeInfinity(candidate.logit);
    }

    // A refused token must not come back through a sampler that keeps a minimum number of candidates.
    private static void DropRefused(llama_token_data_array* candidates)
    {
        var kept = 0;
        for (var i = 0; i < (int)candidates->size; i++)
        {
            if (!float.IsNegativeInfinity(candidates->data[i].logit))
            {
                candidates->data[kept++] = candidates->data[i];
            }
        }

        if (kept == 0)
        {
            throw new ModelException(ModelError.Failed, "The model's vocabulary has no token that continues the grammar: loosen the schema.");
        }

        candidates->size = (nuint)kept;
    }

    private static LlamaSamplerHandle CreateGrammar(LlamaModel model, string grammar)
    {
        var sampler = LlamaNative.llama_sampler_init_grammar(model.Vocabulary.Pointer, grammar, "root");
        return sampler != nint.Zero
            ? new LlamaSamplerHandle(model.Handle, sampler)
            : throw new ModelException(
                ModelError.Unsupported,
                $"llama.cpp cannot parse the grammar that begins \"{grammar.Split('\n')[0]}\": it is a fault of the schema compiler or of a grammar of your own.");
    }

    private static LlamaSamplerHandle CreateChain(LlamaModel model, SamplingOptions options, uint seed)
    {
        var chain = new LlamaSamplerHandle(model.Handle, LlamaNative.llama_sampler_chain_init(LlamaNative.llama_sampler_chain_default_params()));
        if (options is not { RepeatPenalty: 1, FrequencyPenalty: 0, PresencePenalty: 0 })
        {
            Add(LlamaNative.llama_sampler_init_penalties(
                model.Vocabulary.Count, options.PenaltyTokens, options.RepeatPenalty, options.FrequencyPenalty, options.PresencePenalty));
        }

        if (options.Temperature <= 0)
        {
            Add(LlamaNative.llama_sampler_init_greedy());
            return chain;
        }

        Add(LlamaNative.llama_sampler_init_top_k(options.TopK));
        Add(LlamaNative.llama_sampler_init_top_p(options.TopP, minKeep: 1));
        Add(LlamaNative.llama_sampler_init_min_p(options.MinP, minKeep: 1));
        Add(LlamaNative.llama_sampler_init_temp(options.Temperature));
        Add(LlamaNative.llama_sampler_init_dist(seed));
        return chain;

        void Add(nint sampler) => LlamaNative.llama_sampler_chain_add(chain, sampler);
    }
}
