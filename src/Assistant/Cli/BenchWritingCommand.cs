using System.CommandLine;
using PersonalAi.Assistant.Bench.Writing;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Facts.Writing;

namespace PersonalAi.Assistant.Cli;

/// <summary>Measures what the memory stores of conversations by itself: how much of it is right, and how much is missing.</summary>
internal sealed class BenchWritingCommand : PaiCommand
{
    private readonly Option<string> _data = new("--data") { Description = "Folder of personas", HelpName = "DIR", Required = true };

    private readonly JsonOption _json = new();

    public BenchWritingCommand()
        : base(
            "writing",
            "Measure which facts are stored of conversations, and which ought to be.",
            "pai bench writing --data tests/Corpus/writing    # one persona a file, see docs/memory.md",
            "pai bench writing --data tests/Corpus/writing --json")
    {
        Add(_data);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var personas = WritingPersona.ReadFolder(arguments.GetValue(_data)!);
        var benchmark = new WritingBenchmark((turn, _) => Task.FromResult(FactProposer.Propose(turn)), pai.Time);
        var results = new List<(string Name, WritingScores Scores)> { ("all", await benchmark.RunAsync(personas, cancellationToken)) };
        foreach (var persona in personas)
        {
            results.Add((persona.Persona, await benchmark.RunAsync([persona], cancellationToken)));
        }

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
