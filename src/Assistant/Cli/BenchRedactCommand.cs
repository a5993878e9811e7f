using System.CommandLine;
using PersonalAi.Assistant.Bench.Redaction;
using PersonalAi.Assistant.Privacy.Redaction;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli;

/// <summary>Measures how well the redaction finds what should not leave the machine.</summary>
internal sealed class BenchRedactCommand : PaiCommand
{
    private readonly Option<string> _data = new("--data") { Description = "JSON: [{\"full_text\", \"spans\": [{\"entity_type\", \"start_position\", \"end_position\"}]}]", HelpName = "FILE", Required = true };

    private readonly JsonOption _json = new();

    public BenchRedactCommand()
        : base(
            "redact",
            "Measure how well redaction finds names, addresses and numbers, without the memory. A label is found where spans of its type cover half of it.",
            "pai bench redact --data presidio.json       # texts with labels; docs/redaction.md says how it is counted",
            "pai bench redact --data presidio.json --json")
    {
        Add(_data);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var texts = await PresidioFile.ReadAsync(arguments.GetValue(_data)!, cancellationToken);
        var scores = RedactionBenchmark.Run(new Redactor(NameDictionary.Empty), texts);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(scores);
        }
        else
        {
            Write(pai, scores);
        }

        return ExitCode.Done;
    }

    private static void Write(Composition pai, RedactionScores scores)
    {
        pai.Console.Output.WriteTable(
        [
            [$"{scores.Texts} TEXTS", "PRECISION", "RECALL", "F2", "EXACT", "COVERED", "LABELS", "FOUND", "SPANS"],
            .. scores.Types.Select(pair => new[]
            {
                pair.Value.Supported ? pair.Key : $"({pair.Key})",
                Percent(pair.Value.Precision), Percent(pair.Value.Recall), Percent(pair.Value.F2), Percent(pair.Value.ExactRecall), Percent(pair.Value.Covered),
                $"{pair.Value.Gold}", $"{pair.Value.Found}", $"{pair.Value.Spans}",
            }),
            Row("overall", scores.Overall),
            Row("all labels", scores.All),
        ]);
        pai.Console.Output.WriteLine("Types in brackets are not looked for; their labels count for 'all labels' only.");
    }

    private static string[] Row(string name, RedactionScore score) =>
        [name, Percent(score.Precision), Percent(score.Recall), Percent(score.F2), Percent(score.ExactRecall), Percent(score.Covered), "", "", ""];

    private static string Percent(double? share) => share is null ? "-" : $"{100 * share:0.0}";
}
