using System.CommandLine;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Lora;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Adapters;

/// <summary>Lists the adapters that are here.</summary>
internal sealed class AdaptersListCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public AdaptersListCommand() : base("list", "List the adapters that are here.", "pai adapters list --json") => Add(_json);

    public static void Write(Composition pai, bool json)
    {
        var adapters = pai.Models.Adapters.List();
        if (json)
        {
            pai.Console.Output.WriteJson(adapters.Select(AdapterJson.From));
        }
        else if (adapters is [])
        {
            pai.Console.Output.WriteLine("There are no adapters yet; 'pai adapters add FILE' adds one.");
        }
        else
        {
            pai.Console.Output.WriteTable([["ADAPTER", "SIZE", "ARCHITECTURE", "RANK", "SHA256", "STATE"], .. adapters.Select(Row)]);
            pai.Console.Error.WriteLine($"They lie in '{pai.Models.Adapters.Folder}'.");
        }
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        Write(pai, arguments.GetValue(_json));
        return Task.FromResult(ExitCode.Done);
    }

    private static string[] Row(AdapterEntry adapter) =>
    [
        TerminalText.Sanitize(adapter.Id),
        Quantity.Bytes(adapter.Bytes),
        TerminalText.Sanitize(adapter.File?.Architecture ?? ""),
        string.Join(", ", AdapterJson.RanksOf(adapter)),
        adapter.Sha256?[..12] ?? "",
        State(adapter),
    ];

    private static string State(AdapterEntry adapter) => adapter switch
    {
        { Problem: { } problem } => TerminalText.Sanitize(problem),
        { Trust: ModelTrust.Unpinned } => "not used yet; its hash is pinned at its first use",
        { Trust: ModelTrust.Touched } => "written to since it was pinned; its hash is compared at its next use",
        _ => "ready",
    };
}
