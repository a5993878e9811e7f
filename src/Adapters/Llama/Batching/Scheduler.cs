using System.Diagnostics;
using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Llama.Native;
using PersonalAi.Adapters.Llama.Snapshots;
using PersonalAi.Adapters.Llama.Speculation;
using PersonalAi.Adapters.Llama.Threads;

namespace PersonalAi.Adapters.Llama.Batching;

/// <summary>
/// Continuous batching: each step evaluates the next token of every answer together with pieces of the prompts that are still to be
/// read, so that nobody waits for another's prompt or answer to end. Used from one thread.
/// </summary>
/// <param name="model">Generates.</param>
/// <param name="context">Its cache.</param>
/// <param name="snapshots">Keeps on disk what leaves the cache; null where nothing is kept.</param>
/// <param name="maxWaiting">How many requests may wait for a sequence.</param>
/// <param name="drafter">Guesses tokens, which are evaluated together with the ones that are known; null where none are wanted.</param>
/// <param name="governor">Says with how many threads to go on; null keeps them.</param>
internal sealed class Scheduler(LlamaModel model, LlamaContext context, KvSnapshots? snapshots, int maxWaiting, Drafter? drafter, ThreadGovernor? governor) : IDisposable
{
    private readonly PrefixCache _cache = new(model.Vocabulary, context, snapshots);
    private readonly TokenBatch _batch = new(context.BatchSize);
    private readonly List<BatchPart> _parts = [];
    private readonly PrefillPace _pace = new(context.BatchSize);
    private readonly LinkedList<Generation> _waiting = [];

    // In the order in which they began: who began last is the first to make room.
    private readonly List<Generation> _running = [];
    private AdapterSet _adapters = AdapterSet.Empty;
    private bool _crowded;

    /// <summary>Whether a step would do anything.</summary>
    public bool HasWork => _running.Count + _waiting.Count > 0;

    /// <summary>Lets a request wait for its turn; where that is not possible, it ends with an error at once.</summary>
    public void Add(Generation generation)
    {
        if (Refusal(generation.Request) is { } refusal)
        {
            generation.Fail(refusal);
            return;
        }

        _waiting.AddLast(generation);
    }

    /// <summary>Evaluates one batch.</summary>
    public void Step()
    {
#pragma warning disable CA1031 // Whatever happened, the requests that run get to know it, and those that come are served.
        try
        {
            EndCancelled();
            Admit();
            if (_running.Count > 0)
            {
                Fill();
                context.Use(_adapters);
                Evaluate();
            }
        }
        catch (Exception e)
        {
            // Nobody knows which of them it was, or what the cache holds now.
            foreach (var generation in _running.ToArray())
            {
                generation.Sequence.Keep(context, 0);
                generation.Fail(e);
                End(generation);
            }
        }
#pragma warning restore CA1031
    }

    /// <inheritdoc cref="PrefixCache.SaveOne"/>
    public bool SaveOne() => _cache.SaveOne();

    /// <inheritdoc cref="PrefixCache.Forget"/>
    public void Forget(string conversation) => _cache.Forget(conversation);

    /// <inheritdoc cref="PrefixCache.ForgetSnapshots"/>
    public void ForgetSnapshots(string folder) => _cache.ForgetSnapshots(folder);

    public void Dispose()
    {
        drafter?.Dispose();
        _batch.Dispose();
    }

    private ModelException? Refusal(GenerationRequest request)
    {
        var tokens = request.Prompt.Count;
        return tokens == 0 ? new ModelException(ModelError.Unsupported, "The prompt is empty: there is nothing to continue.")
            : tokens >= context.Length ? new ModelException(
                ModelError.PromptTooLong,
                $"The prompt has {tokens} tokens and the context window {context.Length}: shorten the prompt, or enlarge the window with --context.")
            : _running.Count + _waiting.Count >= context.Sequences + maxWaiting ? new ModelException(
                ModelError.Busy,
                $"The engine is busy: {_running.Count} requests are being answered and {_waiting.Count} wait; try again in a moment.")
            : null;
    }

    private void EndCancelled()
    {
        // What was cancelled while it waited must not cost the next request its cached prefix.
        for (var node = _waiting.First; node is not null;)
        {
            var (generation, here) = (node.Value, node);
            node = node.Next;
            if (generation.Cancellation.IsCancellationRequested)
            {
                _waiting.Remove(here);
                generation.Fail(new OperationCanceledException(generation.Cancellation));
            }
        }

        foreach (var generation in _running.Where(generation => generation.Cancellation.IsCancellationRequested).ToArray())
        {
            generation.Fail(new OperationCanceledException(generation.Cancellation));
            End(generation);
        }
    }

    private void Admit()
    {
        while (!_crowded && _running.Count < context.Sequences && _waiting.First is { Value: var next })
        {
            _waiting.RemoveFirst();
            var (sequence, match) = _cache.Take(next.Tokens, next.Request);
            try
            {
                next.Run(model, context.Length, sequence, match);
                _running.Add(next);
            }
            catch (ModelException e)
            {
                next.Fail(e);
                _cache.Release(sequence);
            }
        }
    }

    private void Fill()
    {
        _batch.Clear();
        _parts.Clear();
        var together = NextGroup();
        foreach (var generation in together.Where(generation => generation.Pending.Length == 1))
        {
            // Where several answers share a batch, drafts would cost the others more than they win.
            Add(generation, 1, drafter is not null && _running.Count == 1 && !context.KeepsWholeSequencesOnly ? generation.Draft(drafter) : []);
        }

        // Prompts share what is left; a short one is through before a long one.
        Generation[] prefilling = [.. together.Where(generation => generation.Pending.Length > 1).OrderBy(generation => generation.Pending.Length)];
        var room = Math.Min(_running.Count > 1 ? _pace.Tokens : _batch.Capacity, _batch.Capacity - _batch.Count);
        foreach (var (i, generation) in prefilling.Index())
        {
            var count = Math.Min(generation.Pending.Length, room / (prefilling.Length - i));
            Add(generation, count);
            room -= count;
        }
    }

    // One batch has one set of adapters, so those with different ones take turns.
    private Generation[] NextGroup()
    {
        AdapterSet[] sets = [.. _running.Select(generation => generation.Request.Adapters).Distinct()];
        _adapters = sets[(Array.IndexOf(sets, _adapters) + 1) % sets.Length];
        return [.. _running.Where(generation => generation.Request.Adapters.Equals(_adapters))];
    }

    private void Add(Generation generation, int count, ReadOnlySpan<int> draft = default)
    {
        var pending = generation.Pending;
        var position = generation.Sequence.Length;
        for (var i = 0; i < count; i++)
        {
            _batch.Add(pending[i], position + i, generation.Sequence.Id, givesOutput: i == pending.Length - 1);
        }

        int? logitsAt = count == pending.Length ? _batch.Count - 1 : null;
        for (var i = 0; i < draft.Length; i++)
        {
            _batch.Add(draft[i], position + count + i, generation.Sequence.Id, givesOutput: true);
        }

        _parts.Add(new BatchPart(generation, count, logitsAt, [.. draft]));
    }

    private void Evaluate()
    {
        var started = Stopwatch.GetTimestamp();
        switch (context.Decode(_batch, [.. _parts.Select(part => part.Generation.Cancellation)]))
        {
            case DecodeResult.Done:
                Observe(Stopwatch.GetElapsedTime(started));
                foreach (var part in _parts)
                {
                    part.Generation.Sequence.Append(part.Generation.Pending[..part.Count]);
                    ChooseNext(part);
                }

                break;
            case DecodeResult.CacheFull:
                RollBack();
                MakeRoom();
                break;
            case DecodeResult.Aborted:
                RollBack();
                break;
        }
    }

    private void Observe(TimeSpan time)
    {
        _pace.Observe(_batch.Count, time);
        context.Threads = governor?.Next(_batch.Count, time) ?? context.Threads;
    }

    private void ChooseNext(BatchPart part)
    {
        if (part.LogitsAt is not { } at)
        {
            return;
        }

        var generation = part.Generation;
        try
        {
            if (!ChooseNext(generation, at, part.Draft))
            {
                End(generation);
            }
        }
        catch (ModelException e)
        {
            generation.Fail(e);
            End(generation);
        }
    }

    // A drafted token stays if it is the one that is chosen from the logits before it; then those after it count as well.
    private unsafe bool ChooseNext(Generation generation, int at, int[] draft)
    {
        var accepted = 0;
        try
        {
            var goesOn = generation.Continue(model, context.Logits(at));
            while (goesOn && accepted < draft.Length && generation.Tokens[^1] == draft[accepted])
            {
                accepted++;
                generation.Accept();
                goesOn = generation.Continue(model, context.Logits(at + accepted));
            }

            return goesOn;
        }
        finally
        {
            if (draft.Length > 0)
            {
                var sequence = generation.Sequence;
                generation.Observe(draft.Length, accepted);
                sequence.Append(draft.AsSpan(0, accepted));
                sequence.Keep(context, sequence.Length);
            }
        }
    }

    private void RollBack()
    {
        foreach (var part in _parts)
        {
            part.Generation.Sequence.Keep(context, part.Generation.Sequence.Length);
        }
    }

    private void MakeRoom()
    {
        if (_cache.EvictOldest())
        {
            return;
        }

        var youngest = _running[^1];
        if (_running.Count == 1)
        {
            youngest.Fail(new ModelException(ModelError.PromptTooLong, $"The context window of {context.Length} tokens is full: enlarge it with --context, or begin a new session."));
            End(youngest);
            return;
        }

        // It goes on when another has ended: its tokens are evaluated again, so nothing of its answer is lost.
        _running.RemoveAt(_running.Count - 1);
        _cache.Release(youngest.Pause());
        _waiting.AddFirst(youngest);
        _crowded = true;
    }

    private void End(Generation generation)
    {
        _running.Remove(generation);
        _cache.Release(generation.Sequence);
        _crowded = false;
    }

    /// <summary>The tokens of one generation in a batch.</summary>
    /// <param name="Generation">Whose they are.</param>
    /// <param name="Count">How many.</param>
    /// <param name="LogitsAt">The place of the last one, if it is the newest token of all and its logits are wanted.</param>
    /// <param name="Draft">The tokens after it that are a guess.</param>
    private readonly record struct BatchPart(Generation Generation, int Count, int? LogitsAt, int[] Draft);
}
