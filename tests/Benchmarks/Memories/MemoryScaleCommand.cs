using System.CommandLine;
using System.Diagnostics;
using System.Numerics.Tensors;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Adapters.Llama;
using PersonalAi.Memory;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Benchmarks.Memories;

/// <summary>Fills a memory with very many facts and measures it: size, insertion, recall, and how exact the vector search is.</summary>
internal sealed class MemoryScaleCommand : Command
{
    private const int Batch = 1_000;
    private const int Nearest = 10;

    private readonly Option<int> _facts = new("--facts") { Description = "How many facts", DefaultValueFactory = _ => 100_000 };

    private readonly Option<int> _questions = new("--questions") { Description = "How many questions", DefaultValueFactory = _ => 200 };

    private readonly Option<FileInfo> _embedding = new("--embedding") { Description = "The embedding model, whose time per question is counted", Required = true };

    private readonly Option<DirectoryInfo?> _folder = new("--folder") { Description = "Keep the database here, and use the one that is here [default: a new one, deleted at the end]" };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON" };

    public MemoryScaleCommand() : base("memory-scale", "Fill a memory with very many facts and measure it.")
    {
        Add(_facts);
        Add(_questions);
        Add(_embedding.AcceptExistingOnly());
        Add(_folder);
        Add(_json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var count = arguments.GetValue(_facts);
        var kept = arguments.GetValue(_folder);
        var folder = kept ?? Directory.CreateTempSubdirectory("pai-scale-");
        folder.Create();
        var library = LlamaLibrary.Load(Path.Combine(AppContext.BaseDirectory, "engine"), NullLogger<LlamaLibrary>.Instance);
        await using var model = await LoadedEmbedder.OpenAsync(
            library, new EmbedderRequest(arguments.GetRequiredValue(_embedding).FullName, "bench") { Options = new LlamaEmbeddingOptions { Threads = 1 } }, cancellationToken);
        try
        {
            var path = Path.Combine(folder.FullName, "pai.db");
            var figures = await FillAsync(path, count, cancellationToken);
            figures.AddRange(await AskAsync(path, count, arguments.GetValue(_questions), new ClusteredVectors(model.Generator), cancellationToken));
            Figure.Write(new { facts = count }, figures, arguments.GetValue(_json));
            return 0;
        }
        finally
        {
            if (kept is null)
            {
                folder.Delete(recursive: true);
            }
        }
    }

    private static async Task<List<Figure>> FillAsync(string path, int count, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        await using (var database = await OpenAsync(path, cancellationToken))
        {
            var store = new FactStore(database, TimeProvider.System);
            var there = (await store.ListAsync(limit: int.MaxValue, cancellationToken: cancellationToken)).Count;
            var rates = new List<double>();
            for (var first = there; first < count; first += Batch)
            {
                var started = Stopwatch.GetTimestamp();
                await store.AddAsync([.. Enumerable.Range(first, Math.Min(Batch, count - first)).Select(SyntheticFacts.Of)], ChangeAction.Import, cancellationToken: cancellationToken);
                rates.Add(Math.Min(Batch, count - first) / Stopwatch.GetElapsedTime(started).TotalSeconds);
            }

            var embedding = Stopwatch.GetTimestamp();
            await new MemoryIndexer(database, TimeProvider.System).EmbedAsync(new TextEmbedder(new ClusteredVectors(model: null), ClusteredVectors.Space), cancellationToken: cancellationToken);
            if (rates.Count > 0)
            {
                figures.Add(new Figure("facts stored a second, with their words indexed", "1/s", rates));
                figures.Add(new Figure("vectors stored a second", "1/s", [(count - there) / Stopwatch.GetElapsedTime(embedding).TotalSeconds]));
            }
        }

        figures.Add(new Figure("file", "MB", [new FileInfo(path).Length / 1e6]));
        return figures;
    }

    private static async Task<List<Figure>> AskAsync(string path, int count, int questions, ClusteredVectors vectors, CancellationToken cancellationToken)
    {
        await using var database = await OpenAsync(path, cancellationToken);
        var search = new MemorySearch(database, TimeProvider.System);
        var embedder = new TextEmbedder(vectors, ClusteredVectors.Space);
        using var process = Process.GetCurrentProcess();
        var before = process.PrivateMemorySize64;
        var first = await TimeAsync(() => search.SearchAsync(new MemoryQuery(SyntheticFacts.QuestionOf(count)), embedder, cancellationToken));
        process.Refresh();
        var memory = process.PrivateMemorySize64 - before;

        var full = new List<double>();
        var words = new List<double>();
        var meaning = new List<double>();
        var found = new List<double>();
        for (var question = 0; question < questions; question++)
        {
            var asked = (int)((long)question * count / questions);
            var text = SyntheticFacts.QuestionOf(asked);
            full.Add(await TimeAsync(async () =>
            {
                var hits = await search.SearchAsync(new MemoryQuery(text), embedder, cancellationToken);
                found.Add(hits.Take(Nearest).Any(hit => hit.Passage.Text == SyntheticFacts.Of(asked).Text) ? 1 : 0);
            }));
            words.Add(await TimeAsync(() => search.SearchAsync(new MemoryQuery(text) { Arms = RecallArms.Words }, embedder, cancellationToken)));
            meaning.Add(await TimeAsync(() => search.SearchAsync(new MemoryQuery(text) { Arms = RecallArms.Vectors }, embedder, cancellationToken)));
        }

        return
        [
            new Figure("first recall of a process", "ms", [first]),
            new Figure("recall, all arms, p50", "ms", [Percentile(full, 50)]),
            new Figure("recall, all arms, p95", "ms", [Percentile(full, 95)]),
            new Figure("recall, words alone, p95", "ms", [Percentile(words, 95)]),
            new Figure("recall, vectors alone, p95", "ms", [Percentile(meaning, 95)]),
            new Figure("the fact asked for is among the first 10", "share", [found.Average()]),
            new Figure("recall@10 of the vector search, of the exact one", "share", [await ExactnessAsync(search, embedder, count, cancellationToken)]),
            new Figure("memory of the first recall", "MB", [memory / 1e6]),
        ];
    }

    // Against a scan of all vectors, with fewer questions, since each takes seconds.
    private static async Task<double> ExactnessAsync(MemorySearch search, TextEmbedder embedder, int count, CancellationToken cancellationToken)
    {
        const int Asked = 20;
        string[] questions = [.. Enumerable.Range(0, Asked).Select(question => SyntheticFacts.QuestionOf(question * (count / Asked)))];
        var vectors = Array.ConvertAll(questions, ClusteredVectors.Of);
        var best = Array.ConvertAll(questions, _ => new PriorityQueue<string, float>());
        for (var number = 0; number < count; number++)
        {
            var text = SyntheticFacts.Of(number).Text;
            var vector = ClusteredVectors.Of(text);
            for (var question = 0; question < Asked; question++)
            {
                var cosine = TensorPrimitives.Dot<float>(vector, vectors[question]);
                if (best[question].Count < Nearest)
                {
                    best[question].Enqueue(text, cosine);
                }
                else
                {
                    best[question].EnqueueDequeue(text, cosine);
                }
            }
        }

        var shares = new List<double>();
        foreach (var (question, text) in questions.Index())
        {
            var hits = await search.SearchAsync(new MemoryQuery(text) { Arms = RecallArms.Vectors, Limit = Nearest }, embedder, cancellationToken);
            var exact = best[question].UnorderedItems.Select(item => item.Element).ToHashSet();
            shares.Add(hits.Count(hit => exact.Contains(hit.Passage.Text)) / (double)Nearest);
        }

        return shares.Average();
    }

    private static Task<MemoryDatabase> OpenAsync(string path, CancellationToken cancellationToken) =>
        MemoryDatabase.OpenAsync(path, TimeProvider.System, NullLogger.Instance, cancellationToken);

    private static async Task<double> TimeAsync(Func<Task> workAsync)
    {
        var started = Stopwatch.GetTimestamp();
        await workAsync();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Percentile(IReadOnlyCollection<double> values, int percent) => Assistant.Bench.Percentile.Of(values, percent);
}
