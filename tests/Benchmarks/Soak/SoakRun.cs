using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Adapters.Llama.Snapshots;

namespace PersonalAi.Benchmarks.Soak;

/// <summary>
/// Lets clients talk to an engine whose cache is too small for them: some read to the end, some cancel, some stop reading, some ask
/// for what is impossible; now and then the engine is put away and a new one made.
/// </summary>
internal sealed class SoakRun(LlamaModel model, string snapshots, int seed)
{
    private const int Clients = 8, Conversations = 12;

    private static readonly SamplingOptions Greedy = new() { Temperature = 0, RepeatPenalty = 1 };

    private readonly ConcurrentDictionary<string, int> _counts = [];
    private readonly int[] _probe = [1, .. model.Vocabulary.Tokenize("Once upon a time there was a")];

    /// <summary>Runs it.</summary>
    public async Task<SoakReport> RunAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var expected = await ProbeAsync(cancellationToken);
        Footprint? early = null;
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; Stopwatch.GetElapsedTime(started) < time; round++)
        {
            await RoundAsync(round, time / 12, cancellationToken);
            if (Stopwatch.GetElapsedTime(started) > time / 4)
            {
                early ??= Footprint.Take();
            }

            await Console.Error.WriteLineAsync($"{Stopwatch.GetElapsedTime(started):mm\\:ss} {_counts.Values.Sum()} requests, {Footprint.Take()}");
        }

        var actual = await ProbeAsync(cancellationToken);
        var end = Footprint.Take();
        var fault = actual != expected ? $"The answer changed from '{expected}' to '{actual}'."
            : end.GrowthSince(early ?? end) is { } growth ? $"After {_counts.Values.Sum()} requests {growth}."
            : null;
        return new SoakReport(early ?? end, end, _counts.ToImmutableDictionary(), fault);
    }

    private async Task RoundAsync(int round, TimeSpan time, CancellationToken cancellationToken)
    {
        await using var engine = await LlamaEngine.CreateAsync(model, Options with { CacheTokens = 512, ModelSha256 = "soak", MaxWaiting = 6 }, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(
            async () =>
            {
                var random = new Random(HashCode.Combine(seed, round, client));
                while (Stopwatch.GetElapsedTime(started) < time)
                {
                    var ended = await OneAsync(engine, random, cancellationToken);
                    _counts.AddOrUpdate(ended, 1, (_, count) => count + 1);
                }
            },
            cancellationToken)));

        // Whatever the clients did, every slot is free again: so many requests as there are sequences are answered together.
        var answers = await Task.WhenAll(Enumerable.Range(0, Options.Sequences).Select(_ => TextAsync(engine, cancellationToken)));
        if (answers.Any(answer => answer.Length == 0))
        {
            throw new InvalidOperationException("A sequence stayed occupied.");
        }
    }

    private async Task<string> OneAsync(LlamaEngine engine, Random random, CancellationToken cancellationToken)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var kind = random.Next(10);
        var conversation = $"{random.Next(Conversations)}";
        var words = string.Join(' ', Enumerable.Range(0, kind == 0 ? 400 : random.Next(2, 60)).Select(i => $"word{(i * int.Parse(conversation, null)) % 17}"));
        var request = new GenerationRequest([1, .. model.Vocabulary.Tokenize(words)])
        {
            MaxTokens = random.Next(0, 80),
            Sampling = new SamplingOptions { Seed = (uint)random.Next() },
            Conversation = random.Next(3) > 0 ? conversation : null,
            Snapshot = random.Next(3) > 0 ? new KvSnapshotPlace(Path.Combine(snapshots, $"{conversation}.kv"), 4 << 20) : null,
            Grammar = kind == 1 ? "root ::= (" : kind == 2 ? "root ::= [a-z ]+" : null,
            IgnoresEnd = kind == 3,
        };
        var stopAfter = kind is 4 or 5 ? random.Next(20) : int.MaxValue;
        if (kind == 6)
        {
            cancellation.CancelAfter(random.Next(100));
        }

        try
        {
            await foreach (var step in engine.GenerateAsync(request, cancellation.Token))
            {
                if (stopAfter-- == 0 && kind == 4)
                {
                    return "not read to the end";
                }

                if (stopAfter < 0)
                {
                    await cancellation.CancelAsync();
                }
            }

            return "answered";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "cancelled";
        }
        catch (ModelException e)
        {
            return $"refused ({e.Error})";
        }
    }

    private async Task<string> ProbeAsync(CancellationToken cancellationToken)
    {
        await using var engine = await LlamaEngine.CreateAsync(model, Options, cancellationToken);
        return await TextAsync(engine, cancellationToken);
    }

    private async Task<string> TextAsync(LlamaEngine engine, CancellationToken cancellationToken)
    {
        var text = "";
        await foreach (var step in engine.GenerateAsync(new GenerationRequest(_probe) { MaxTokens = 12, Sampling = Greedy }, cancellationToken))
        {
            text += (step as GenerationStep.Text)?.Piece;
        }

        return text;
    }

    private static LlamaContextOptions Options => new() { ContextLength = 256, Threads = 1, FlashAttention = true };
}
