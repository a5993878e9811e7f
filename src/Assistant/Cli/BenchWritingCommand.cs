using System.CommandLine;
using PersonalAi.Assistant.Bench.Writing;
using PersonalAi.Assistant.Memories;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Facts.Writing;

namespace PersonalAi.Assistant.Cli;

/// <summary>Measures what the memory stores of conversations by itself: how much of it is right, and how much is missing.</summary>
internal sealed class BenchWritingCommand : PaiCommand
{
    private readonly Option<string> _data = new("--data") { Description = "Folder of personas", HelpName = "DIR", Required = true };

    private readonly Option<string> _propose = new("--propose") { Description = "Who proposes", HelpName = "rules|model", DefaultValueFactory = _ => "rules" };

    private readonly Option<int> _turns = new("--turns") { Description = "Ask the model about so many turns, spread over all", HelpName = "N", DefaultValueFactory = _ => 60 };

    private readonly JsonOption _json = new();

    public BenchWritingCommand()
        : base(
            "writing",
            "Measure which facts are stored of conversations, and which ought to be.",
            "pai bench writing --data tests/Corpus/writing    # one persona a file, see docs/memory.md",
            "pai bench writing --data tests/Corpus/writing --json",
            "pai bench writing --data tests/Corpus/writing --propose model --turns 60   # what the model finds by itself")
    {
        _propose.AcceptOnlyFromAmong("rules", "model");
        Add(_data);
        Add(_propose);
        Add(_turns);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var personas = WritingPersona.ReadFolder(arguments.GetValue(_data)!);
        var results = arguments.GetValue(_propose) == "model"
            ? [("model", await MeasureModelAsync(pai, personas, arguments.GetValue(_turns), cancellationToken))]
            : await MeasureRulesAsync(pai, personas, cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(results.Select(result => WritingScoresJson.Of(result.Name, result.Scores)));
        }
        else
        {
            Write(pai, results);
        }

        return ExitCode.Done;
    }

    private static async Task<List<(string Name, WritingScores Scores)>> MeasureRulesAsync(
        Composition pai, IReadOnlyList<WritingPersona> personas, CancellationToken cancellationToken)
    {
        var benchmark = new WritingBenchmark((turn, _) => Task.FromResult(FactProposer.Propose(turn)), pai.Time);
        var results = new List<(string Name, WritingScores Scores)> { ("all", await benchmark.RunAsync(personas, cancellationToken)) };
        foreach (var persona in personas)
        {
            results.Add((persona.Persona, await benchmark.RunAsync([persona], cancellationToken)));
        }

        return results;
    }

    // What it proposes counts as stored, to see how far it could be trusted; in a chat it waits in the inbox.
    private static async Task<WritingScores> MeasureModelAsync(Composition pai, IReadOnlyList<WritingPersona> personas, int turns, CancellationToken cancellationToken)
    {
        using var progress = new ModelProgressDisplay(pai.Console, pai.Time);
        await using var model = await pai.Loader.OpenAsync(pai.Configuration.Options.Model, progress, cancellationToken);
        var proposer = new ModelProposer(model.Client);
        var benchmark = new WritingBenchmark(
            async (turn, token) => [.. (await proposer.ProposeAsync(turn, token)).Select(candidate => candidate with { Doubt = null })], pai.Time);
        return await benchmark.RunAsync(WritingPersona.Sample(personas, turns), cancellationToken);
    }

    private static void Write(Composition pai, List<(string Name, WritingScores Scores)> results)
    {
        pai.Console.Output.WriteTable(
        [
            ["", "TURNS", "STORED", "PRECISION", "EXPLICIT", "RECALL", "WITH INBOX", "INBOX", "DUPLICATES", "ECHOES", "UNTRUSTED"],
            .. results.Select(result => RowOf(result.Name, result.Scores)),
        ]);
        pai.Console.Output.WriteLine();
        pai.Console.Output.WriteTable(
        [
            ["TRAP", "TURNS", "WRONG"],
            .. results[0].Scores.Traps.Select(trap => new[] { trap.Key, $"{trap.Value.Turns}", $"{trap.Value.Wrong}" }),
        ]);
    }

    private static string[] RowOf(string name, WritingScores scores) =>
    [
        name, $"{scores.UserTurns}", $"{scores.Stored}", $"{scores.Precision:0.000}", $"{scores.Explicit}", $"{scores.Recall:0.000}", $"{scores.RecallWithInbox:0.000}",
        $"{scores.Inbox}", $"{scores.Duplicates}", $"{scores.Echoes}", $"{scores.Untrusted}",
    ];
}
