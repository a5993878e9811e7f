using System.CommandLine;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Privacy;

/// <summary>Looks for edits and gaps in the ledger.</summary>
internal sealed class VerifyCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public VerifyCommand() : base(
        "verify",
        "Look at every entry of the ledger, and say whether any was changed, removed or cut off; exit code 7 where one was.",
        "pai privacy verify") => Add(_json);

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var check = await pai.Ledger.CheckAsync(cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new { Whole = check.IsWhole, Entries = check.Entries.Count, check.Torn, Last = check.Entries.Count > 0 ? check.Entries[^1].Hash : null, check.Fault });
        }
        else
        {
            await pai.Console.Output.WriteLineAsync(check switch
            {
                { Fault: { } fault } => $"The ledger is not whole. {fault} {Quantity.Of(check.Entries.Count, "entry", "entries")} before that {(check.Entries.Count == 1 ? "is" : "are")} as written.",
                { Entries: [] } => "The ledger is empty: nothing has left this machine.",
                _ => $"The ledger is whole: {Quantity.Of(check.Entries.Count, "entry", "entries")}, the last {check.Entries[^1].Hash}.",
            });
            if (check.Torn > 0)
            {
                await pai.Console.Output.WriteLineAsync($"{Quantity.Of(check.Torn, "line")} cut off by a crash while being written; the chain goes on around it.");
            }
        }

        return check.IsWhole ? ExitCode.Done : ExitCode.StorageFailure;
    }
}
