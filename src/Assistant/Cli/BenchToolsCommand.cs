using System.CommandLine;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Tools;
using PersonalAi.Assistant.Bench.Tools;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli;

/// <summary>Measures how well a model calls tools, and how well it calls none where none fits.</summary>
internal sealed class BenchToolsCommand : PaiCommand
{
    private static readonly string[] Modes = ["free", "grammar", "think"];

    private readonly Option<string> _data = new("--data") { Description = "Folder of the leaderboard's files (BFCL v4)", HelpName = "DIR", Required = true };

    private readonly Option<int?> _limit = new("--limit") { Description = "Ask at most this many questions of each category", HelpName = "N" };

    private readonly Option<string> _mode = new("--mode") { Description = "How the model is held to the form of a call", HelpName = "free|grammar|think|all", DefaultValueFactory = _ => "all" };

    private readonly JsonOption _json = new();

    public BenchToolsCommand()
        : base(
            "tools",
            "Measure how well a model calls tools, and calls none where none fits.",
            "pai bench tools --data bfcl --limit 50             # all three ways: free text, grammar, thought and grammar",
            "pai bench tools --data bfcl --mode think --model llama-2-13b-chat --json")
    {
        _mode.AcceptOnlyFromAmong([.. Modes, "all"]);
        foreach (var option in new Option[] { _data, _limit, _mode, _json }.Concat(SettingOption.OfModelCommands().Where(BenchCommand.IsOfModel)))
        {
            Add(option);
        }
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var limit = arguments.GetValue(_limit);
        if (limit < 1)
        {
            throw new UsageException($"'{limit}' is not possible for '--limit', which takes a number above 0.");
        }

        var questions = await BfclCallFolder.ReadAsync(arguments.GetValue(_data)!, limit, cancellationToken);
        using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
        await using var model = await pai.Loader.OpenAsync(pai.Configuration.Options.Model, progress, cancellationToken);
        var runs = new List<ToolRun>();
        foreach (var mode in arguments.GetValue(_mode) is "all" ? Modes : [arguments.GetValue(_mode)!])
        {
            runs.Add(ToolRun.Of(mode, await AskAsync(pai, model.Client, mode, questions, cancellationToken)));
        }

        Write(pai, arguments, model.Name, runs);
        return ExitCode.Done;
    }

    private static async Task<List<ToolScore>> AskAsync(
        Composition pai, ILocalChatClient client, string mode, IReadOnlyList<ToolQuestion> questions, CancellationToken cancellationToken)
    {
        var benchmark = new ToolBenchmark(client, Enum.Parse<ToolCalling>(mode, ignoreCase: true));
        var scores = new List<ToolScore>();
        foreach (var (number, question) in questions.Index())
        {
            scores.Add(await benchmark.AskAsync(question, cancellationToken));
            await pai.Console.Error.WriteLineAsync($"{mode}: {number + 1} of {questions.Count}, {question.Id}: {(scores[^1].IsRight ? "right" : "wrong")}");
        }

        return scores;
    }

    private void Write(Composition pai, ParseResult arguments, string model, List<ToolRun> runs)
    {
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new { model, runs });
            return;
        }

        pai.Console.Output.WriteTable(
        [
            [model, "ACCURACY", "IRRELEVANCE", "SCHEMA VALID", "TOKENS/CALL", .. runs[0].ByCategory.Select(category => $"{category.Key.ToUpperInvariant()} ({category.Value.Questions})")],
            .. runs.Select(run => new[]
            {
                run.Mode, Percent(run.Accuracy), Percent(run.Irrelevance), Percent(run.SchemaValid), $"{run.TokensPerCall:0.0}",
            }.Concat(run.ByCategory.Values.Select(category => Percent(category.Accuracy))).ToArray()),
        ]);
    }

    private static string Percent(double? share) => share is null ? "-" : $"{100 * share:0.0}";
}
