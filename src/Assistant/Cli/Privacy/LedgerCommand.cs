using System.CommandLine;
using PersonalAi.Assistant.Privacy.Ledger;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Privacy;

/// <summary>Lists what left this machine, the newest first.</summary>
internal sealed class LedgerCommand : PaiCommand
{
    private readonly LimitOption _limit = new("entries");
    private readonly JsonOption _json = new();

    public LedgerCommand() : base(
        "log",
        "List what left this machine, the newest first: where to, for what, by whose word, how many bytes, and what came of it.",
        "pai privacy log --limit 100",
        "pai privacy log --json | jq '.[] | select(.purpose == \"frontier\")'")
    {
        Add(_limit);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var check = await pai.Ledger.CheckAsync(cancellationToken);
        var entries = check.Entries.Reverse().Take(arguments.GetValue(_limit)).ToList();
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(entries.Select(LedgerEntryJson.From));
        }
        else if (entries.Count == 0)
        {
            await pai.Console.Error.WriteLineAsync("Nothing has left this machine.");
        }
        else
        {
            var rows = entries.Select(entry => new[]
            {
                $"{entry.Number}", pai.Time.Describe(entry.At), EgressText.WordOf(entry.Purpose), TerminalText.OneLine(entry.Destination), EgressText.Describe(entry), TerminalText.OneLine(entry.Ground ?? ""),
            });
            pai.Console.Output.WriteTable([["#", "WHEN", "FOR", "DESTINATION", "WHAT", "BY"], .. rows]);
        }

        if (check.Fault is { } fault)
        {
            await pai.Console.Error.WriteLineAsync($"pai: {fault} 'pai privacy verify' looks at the whole ledger.");
        }

        return ExitCode.Done;
    }
}

/// <summary>An entry of the ledger as <c>--json</c> prints it.</summary>
internal sealed record LedgerEntryJson(
    long Id,
    DateTimeOffset At,
    string Event,
    long? Request,
    string Purpose,
    string Destination,
    string Consent,
    string? Ground,
    string? Method,
    long? Bytes,
    string? BodySha256,
    int? Redactions,
    int? Status,
    string? Failure,
    long? InputTokens,
    long? OutputTokens,
    decimal? CostUsd,
    string Previous,
    string Hash)
{
    public static LedgerEntryJson From(LedgerEntry entry) => new(
        entry.Number, entry.At, EgressText.WordOf(entry.Event), entry.Request, EgressText.WordOf(entry.Purpose), entry.Destination, entry.Consent, entry.Ground, entry.Method, entry.Bytes,
        entry.BodySha256, entry.Redactions, entry.Status, entry.Failure, entry.InputTokens, entry.OutputTokens, entry.CostUsd, entry.Previous, entry.Hash);
}
