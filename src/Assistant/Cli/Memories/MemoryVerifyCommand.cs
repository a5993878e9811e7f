using System.CommandLine;
using PersonalAi.Memory.Verification;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Checks that everything that is stored belongs together.</summary>
internal sealed class MemoryVerifyCommand : PaiCommand
{
    private readonly Option<bool> _repair = new("--repair") { Description = "Make again what can be made from what is stored" };
    private readonly JsonOption _json = new();

    public MemoryVerifyCommand() : base("verify", "Check the whole memory: file, facts, sources, full-text indexes, vectors, journal. Ends with 7 where something is wrong.",
        "pai memory verify",
        "pai memory verify --repair --json")
    {
        Add(_repair);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var verification = new MemoryVerification(await pai.DatabaseAsync(cancellationToken));
        var found = await verification.VerifyAsync(cancellationToken);
        var left = found.Count > 0 && arguments.GetValue(_repair) ? await verification.RepairAsync(cancellationToken) : found;
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new { ok = left.Count == 0, found, repaired = left == found ? [] : found.Where(damage => left.All(other => other.Sentence != damage.Sentence)), left });
        }
        else
        {
            Write(pai, found, left);
        }

        return left.Count == 0 ? ExitCode.Done : ExitCode.StorageFailure;
    }

    private static void Write(Composition pai, List<Damage> found, List<Damage> left)
    {
        foreach (var damage in found)
        {
            pai.Console.Output.WriteLine($"{damage.Check,-10} {damage.Sentence}");
        }

        pai.Console.Output.WriteLine((found.Count, left.Count) switch
        {
            (0, _) => "All is well: everything that is stored belongs together.",
            (_, 0) => "All of it is repaired.",
            _ when left == found && left.Exists(damage => damage.CanRepair) => "'pai memory verify --repair' makes good what can be.",
            _ when left == found => "Nothing stored can make that good.",
            _ => $"Left after the repair: {string.Join(' ', left.Select(damage => damage.Sentence))}",
        });
    }
}
