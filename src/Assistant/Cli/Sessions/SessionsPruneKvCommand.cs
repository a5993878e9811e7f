using System.CommandLine;
using PersonalAi.Adapters.Llama.Snapshots;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>Deletes KV snapshots: nothing of a session is lost, but the model reads it again.</summary>
internal sealed class SessionsPruneKvCommand : PaiCommand
{
    private readonly Option<float?> _keep = new("--keep") { Description = "Keep the newest up to so many GiB; 0 deletes all [default: the setting engine.snapshots_gib]", HelpName = "GIB" };
    private readonly JsonOption _json = new();

    public SessionsPruneKvCommand() : base("prune-kv", "Delete KV snapshots, those used least recently first: the sessions stay, the model reads them again.",
        "pai sessions prune-kv                        # down to the configured size",
        "pai sessions prune-kv --keep 0               # all of them")
    {
        Add(_keep);
        Add(_json);
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var keep = arguments.GetValue(_keep);
        if (keep is < 0 or float.NaN)
        {
            throw new UsageException($"'{keep}' is not possible for '--keep', which takes a number of GiB from 0 on.");
        }

        var bytes = keep is { } gib ? (long)(gib * (double)(1L << 30)) : default(long?);
        Write(pai, arguments, pai.Snapshots.Prune(bytes));
        return Task.FromResult(ExitCode.Done);
    }

    private void Write(Composition pai, ParseResult arguments, PrunedSnapshots pruned)
    {
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new { deleted = pruned.Deleted, deleted_bytes = pruned.DeletedBytes, kept_bytes = pruned.KeptBytes });
            return;
        }

        pai.Console.Output.WriteLine(
            $"{pruned.Deleted} KV snapshots of {Quantity.Bytes(pruned.DeletedBytes)} deleted, {Quantity.Bytes(pruned.KeptBytes)} kept.");
    }
}
