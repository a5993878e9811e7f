using System.CommandLine;
using PersonalAi.Assistant.Bench;
using PersonalAi.Assistant.Bench.Recall;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory;
using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Cli;

/// <summary>Measures how well the memory recalls conversations.</summary>
internal sealed class BenchRecallCommand : PaiCommand
{
    private static readonly (string Name, RecallArms Arms)[] Modes = [("bm25", RecallArms.Words), ("vector", RecallArms.Vectors), ("full", RecallArms.All)];

    private readonly Option<string> _data = new("--data") { Description = "File of conversations, or folder", HelpName = "FILE", Required = true };

    private readonly Option<string> _format = new("--format") { Description = "Its form", HelpName = "jsonl|bfcl", DefaultValueFactory = _ => "jsonl" };

    private readonly Option<string> _budget = new("--budget") { Description = "Budgets in tokens", HelpName = "N,N,...", DefaultValueFactory = _ => "256,512,1024" };

    private readonly JsonOption _json = new();

    public BenchRecallCommand()
        : base(
            "recall",
            "Measure how much of the evidence for questions about conversations is recalled.",
            "pai bench recall --data conversations.jsonl                  # one conversation on each line, see docs/memory.md",
            "pai bench recall --data bfcl --format bfcl --budget 256,512 --json")
    {
        _format.AcceptOnlyFromAmong("jsonl", "bfcl");
        Add(_data);
        Add(_format);
        Add(_budget);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var budgets = Budgets(arguments.GetValue(_budget)!);
        var path = arguments.GetValue(_data)!;
        if (!Path.Exists(path))
        {
            throw new UsageException($"'{path}' is not there; give the file of the conversations with --data.");
        }

        var conversations = arguments.GetValue(_format) == "bfcl"
            ? await BfclRecallFolder.ReadAsync(path, cancellationToken)
            : await JsonlRecallFile.ReadAsync(path, cancellationToken);
        using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
        var embedder = await pai.Embedder.OpenAsync(progress, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("pai-bench-");
        try
        {
            var (insertMs, runs) = await MeasureAsync(pai, folder.FullName, conversations, embedder, budgets, cancellationToken);
            Write(pai, arguments, conversations, insertMs, runs);
            return ExitCode.Done;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Each conversation has a memory of its own, as the questions are about that one alone.
    private static async Task<(double InsertMs, List<RecallRun> Runs)> MeasureAsync(
        Composition pai, string folder, IReadOnlyList<RecallConversation> conversations, TextEmbedder embedder, int[] budgets, CancellationToken cancellationToken)
    {
        var results = Modes.ToDictionary(mode => mode.Name, _ => new List<(string Category, RecallScores Scores, double Ms)>());
        var inserts = new List<double>();
        foreach (var (number, conversation) in conversations.Index())
        {
            await using var database = await MemoryDatabase.OpenAsync(Path.Combine(folder, $"{number}.db"), pai.Time, pai.Logging.CreateLogger("bench"), cancellationToken);
            var search = new MemorySearch(database, new TimeOfConversation(conversation, pai.Time));
            var benchmark = new RecallBenchmark(new DocumentStore(database, pai.Time), new MemoryIndexer(database, pai.Time), search, embedder, budgets);
            inserts.Add(await benchmark.RememberAsync(conversation, number, cancellationToken));
            foreach (var (name, arms) in Modes)
            {
                foreach (var question in conversation.Questions.Where(question => question.Evidence.Length > 0))
                {
                    var (scores, ms) = await benchmark.AskAsync(question, arms, cancellationToken);
                    results[name].Add((question.Category, scores, ms));
                }
            }
        }

        return (inserts.DefaultIfEmpty().Average(), [.. Modes.Where(mode => results[mode.Name].Count > 0).Select(mode => RunOf(mode.Name, results[mode.Name]))]);
    }

    private static RecallRun RunOf(string mode, List<(string Category, RecallScores Scores, double Ms)> answers) => new(
        mode,
        RecallScores.MeanOf([.. answers.Select(answer => answer.Scores)]),
        System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(answers
            .GroupBy(answer => answer.Category)
            .Select(category => KeyValuePair.Create(category.Key, RecallScores.MeanOf([.. category.Select(answer => answer.Scores)])))),
        [.. answers.Select(answer => answer.Ms)]);

    private void Write(Composition pai, ParseResult arguments, IReadOnlyList<RecallConversation> conversations, double insertMs, List<RecallRun> runs)
    {
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new
            {
                conversations = conversations.Count,
                items = conversations.Sum(conversation => conversation.Items.Length),
                questions = conversations.Sum(conversation => conversation.Questions.Length),
                insert_ms = Math.Round(insertMs, 2),
                runs = runs.Select(RecallRunJson.Of),
            });
            return;
        }

        var scores = runs[0].Scores;
        pai.Console.Output.WriteLine(
            $"{conversations.Count} conversations, {conversations.Sum(conversation => conversation.Items.Length)} items, {scores.Questions} questions with evidence; {insertMs:0.0} ms to remember an item");
        pai.Console.Output.WriteTable(
        [
            ["", .. scores.RecallAt.Keys.Select(rank => $"@{rank}"), .. scores.RecallAtTokens.Keys.Select(budget => $"@{budget}tok"), "MRR", "MS P50", "MS P95"],
            .. runs.Select(run => RowOf(run.Mode, run.Scores, run.QueryMs)),
            .. runs[^1].ByCategory.Select(category => RowOf($"  {category.Key} ({category.Value.Questions})", category.Value, [])),
        ]);
    }

    private static string[] RowOf(string name, RecallScores scores, IReadOnlyList<double> ms) =>
    [
        name,
        .. scores.RecallAt.Values.Concat(scores.RecallAtTokens.Values).Select(share => $"{100 * share:0.0}"),
        $"{scores.ReciprocalRank:0.000}",
        .. ms.Count == 0 ? ["", ""] : new[] { $"{Percentile.Of(ms, 50):0.0}", $"{Percentile.Of(ms, 95):0.0}" },
    ];

    private static int[] Budgets(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        int[] budgets = [.. parts.Select(part => int.TryParse(part, out var tokens) && tokens > 0
            ? tokens
            : throw new UsageException($"'{part}' is not possible for '--budget', which takes numbers of tokens above 0, with commas between them."))];
        return budgets;
    }
}
