using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Bench;
using PersonalAi.Benchmarks.Bandwidth;

namespace PersonalAi.Benchmarks.Engine;

/// <summary>Measures the engine in this process, part by part, each with a context as large as it needs.</summary>
internal sealed class EngineBenchmark(EngineSettings settings)
{
    private const long BandwidthBytes = 2_000_000_000;
    private const int BandwidthRuns = 15;
    private const int ContextReserve = 8;

    /// <summary>A short message after a long conversation.</summary>
    private const int NewTokens = 20;

    private readonly LlamaLibrary _library = LlamaLibrary.Load(Path.Combine(AppContext.BaseDirectory, "engine"), NullLogger<LlamaLibrary>.Instance);

    /// <summary>The version of llama.cpp.</summary>
    public string EngineVersion => _library.Version;

    /// <summary>Measures; every figure is given as soon as it is known.</summary>
    public async IAsyncEnumerable<Figure> RunAsync()
    {
        if (settings.Parts.Contains(EnginePart.Bandwidth))
        {
            yield return MemoryBandwidth.Measure(settings.Threads, BandwidthBytes, BandwidthRuns);
        }

        if (settings.Parts.Contains(EnginePart.Load))
        {
            yield return await LoadAsync();
        }

        if (settings.Parts.Any(part => part > EnginePart.Load))
        {
            using var model = LoadModel();
            await foreach (var figure in MeasureAsync(model))
            {
                yield return figure;
            }
        }

        using var process = Process.GetCurrentProcess();
        yield return new Figure("peak memory of the process so far", "GB", [process.PeakWorkingSet64 / 1e9]);
    }

    private async Task<Figure> LoadAsync()
    {
        var seconds = new List<double>();
        for (var run = 0; run < settings.Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            using var model = LoadModel();
            await using var engine = await CreateEngineAsync(model, settings.LongPrompt);
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return new Figure("load, from the file to a ready context", "s", seconds);
    }

    private async IAsyncEnumerable<Figure> MeasureAsync(LlamaModel model)
    {
        foreach (var part in settings.Parts)
        {
            var figures = part switch
            {
                EnginePart.Prefill => PrefillAsync(model),
                EnginePart.Decode => DecodeAsync(model),
                EnginePart.FirstToken => FirstTokenAsync(model),
                EnginePart.Clients => ClientsAsync(model),
                _ => AsyncEnumerable.Empty<Figure>(),
            };
            await foreach (var figure in figures)
            {
                yield return figure;
            }
        }
    }

    private async IAsyncEnumerable<Figure> PrefillAsync(LlamaModel model)
    {
        await using var engine = await CreateEngineAsync(model, settings.Prompt);
        var requests = new RandomRequests(engine);
        yield return await RepeatAsync($"prefill, {settings.Prompt} tokens", "tokens/s", async () =>
            (await requests.ContinueAsync(requests.Prompt(settings.Prompt), steps: 0)).Result.PromptTokensPerSecond);
    }

    /// <summary>The deeper prompts begin with the shallower ones, so that every token is evaluated once.</summary>
    private async IAsyncEnumerable<Figure> DecodeAsync(LlamaModel model)
    {
        await using var engine = await CreateEngineAsync(model, settings.Depths.Max + settings.Generated);
        var requests = new RandomRequests(engine);
        var prompt = requests.Prompt(Math.Max(settings.Depths.Max, 1));
        var weights = WeightsRead(model.Path) / 1e9;
        foreach (var depth in settings.Depths)
        {
            var figure = await RepeatAsync($"decode at depth {depth}", "tokens/s", async () =>
                settings.Generated / (await requests.ContinueAsync(prompt[..Math.Max(depth, 1)], settings.Generated)).Result.DecodeTime.TotalSeconds);
            yield return figure;
            yield return new Figure($"weights read at depth {depth}", "GB/s", [.. figure.Values.Select(rate => rate * weights)]);
        }
    }

    private async IAsyncEnumerable<Figure> FirstTokenAsync(LlamaModel model)
    {
        var snapshot = settings.Model + ".kv";
        int[] prompt = [];
        try
        {
            await using (var engine = await CreateEngineAsync(model, settings.LongPrompt + NewTokens))
            {
                var requests = new RandomRequests(engine);
                yield return await RepeatAsync($"first token, {settings.LongPrompt} tokens, nothing cached", "s", async () =>
                {
                    prompt = requests.Prompt(settings.LongPrompt);
                    return (await requests.ContinueAsync(prompt, steps: 0)).FirstToken.TotalSeconds;
                });
                yield return await RepeatAsync($"first token, all cached but {NewTokens} new tokens", "s", async () =>
                    (await requests.ContinueAsync([.. prompt, .. requests.Prompt(NewTokens)], steps: 0)).FirstToken.TotalSeconds);

                // The snapshot is written when the engine ends.
                await new RandomRequests(engine, snapshotPath: snapshot).ContinueAsync(prompt, steps: 0);
            }

            yield return await RepeatAsync($"first token, {settings.LongPrompt} tokens restored from disk", "s", () => RestoreAsync(model, prompt, snapshot));
        }
        finally
        {
            File.Delete(snapshot);
        }
    }

    private async Task<double> RestoreAsync(LlamaModel model, int[] prompt, string snapshot)
    {
        await using var engine = await CreateEngineAsync(model, settings.LongPrompt + NewTokens);
        var answer = await new RandomRequests(engine, snapshotPath: snapshot).ContinueAsync(prompt, steps: 0);
        return answer.Result.CachedTokens > 0
            ? answer.FirstToken.TotalSeconds
            : throw new InvalidOperationException($"The snapshot '{snapshot}' was not read back: its disk may be full.");
    }

    private async IAsyncEnumerable<Figure> ClientsAsync(LlamaModel model)
    {
        foreach (var clients in settings.Clients)
        {
            await using var engine = await CreateEngineAsync(model, clients * (settings.ClientPrompt + settings.Generated));
            var benchmark = new ClientsBenchmark(engine, clients, settings.ClientPrompt, settings.Generated);
            yield return await RepeatAsync(
                $"clients at once: {clients}, {settings.ClientPrompt} in, {settings.Generated} out", "tokens/s", async () => (await benchmark.RunAsync()).TokensPerSecond);
        }
    }

    private async Task<Figure> RepeatAsync(string name, string unit, Func<Task<double>> measureAsync)
    {
        var values = new List<double>();
        for (var run = 0; run < settings.Runs; run++)
        {
            values.Add(await measureAsync());
        }

        return new Figure(name, unit, values);
    }

    private LlamaModel LoadModel() => LlamaModel.Load(_library, settings.Model, new LlamaModelOptions { Repack = settings.Repack });

    private Task<LlamaEngine> CreateEngineAsync(LlamaModel model, int tokens) => LlamaEngine.CreateAsync(model, new LlamaContextOptions
    {
        ContextLength = tokens + ContextReserve,
        Threads = settings.Threads,
        FlashAttention = settings.FlashAttention,
        KeyValueType = settings.KeyValueType,
        Speculates = false,

        // The file is loaded in this process only: its name tells whose snapshots they are.
        ModelSha256 = settings.Model,
        Sequences = Math.Max(settings.Clients.Max, new LlamaContextOptions().Sequences),
    });

    /// <summary>What one decoding step reads: every weight, but one row only of the table of embeddings.</summary>
    private static long WeightsRead(string path) =>
        GgufFile.Read(path).Tensors.Where(tensor => tensor.Name != "token_embd.weight").Sum(tensor => tensor.Bytes);
}
