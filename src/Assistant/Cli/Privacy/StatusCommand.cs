using System.CommandLine;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Privacy.Ledger;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Tools.Mcp;

namespace PersonalAi.Assistant.Cli.Privacy;

/// <summary>Says which ways out are open now.</summary>
internal sealed class StatusCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public StatusCommand() : base("status", "Show which ways out of this machine are open, and whether the list of what left is whole.", "pai privacy status --json") => Add(_json);

    public static async Task<ExitCode> WriteAsync(Composition pai, bool json, CancellationToken cancellationToken)
    {
        var options = pai.Configuration.Options;
        var destination = pai.Frontier.Default;
        var servers = McpConfiguration.Load(pai.McpPlace().Configuration).Servers.Where(server => server is { Url: not null, IsDisabled: false }).ToList();
        var check = await pai.Ledger.CheckAsync(cancellationToken);
        if (json)
        {
            pai.Console.Output.WriteJson(new
            {
                Consent = options.Frontier.Consent.ToJsonName(),
                Model = destination?.Reference,
                Class = destination?.Class.ToJsonName(),
                Tools = options.Tools.Enabled,
                Rules = options.Tools.Rules,
                McpServers = servers.Select(server => new { Id = server.Name, Url = server.Url!.GetLeftPart(UriPartial.Authority) }),
                Telemetry = false,
                Ledger = new { Whole = check.IsWhole, Entries = check.Entries.Count, Last = check.Entries is [.., var newest] ? newest.At : (DateTimeOffset?)null, check.Fault },
            });
            return ExitCode.Done;
        }

        pai.Console.Output.WriteTable(
        [
            ["Models elsewhere", Describe(options.Frontier.Consent, destination)],
            ["Models, engines", "closed; 'pai models pull' and 'pai engine use' ask for each host"],
            ["Tools", options.Tools.Enabled ? $"what leaves this machine is asked for each call{Rules(options.Tools.Rules.Length)}" : "off"],
            ["MCP over HTTP", servers.Count == 0 ? "closed; there is no such server in mcp.json" : string.Join(", ", servers.Select(server => $"{TerminalText.OneLine(server.Name)} at {server.Url!.Authority}"))],
            ["Telemetry", "there is none"],
            ["Ledger", Describe(check, pai.Time)],
        ]);
        return ExitCode.Done;
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default) =>
        WriteAsync(pai, arguments.GetValue(_json), cancellationToken);

    private static string Rules(int count) => count == 0 ? "" : $", but for what your {Quantity.Of(count, "rule")} of tools.rules {(count == 1 ? "says" : "say")}";

    private static string Describe(ConsentMode consent, FrontierDestination? destination) => (consent, destination) switch
    {
        (ConsentMode.Off, _) => "closed; frontier.consent is off",
        (_, null) => "closed; frontier.model names none",
        (ConsentMode.Ask, { } model) => $"{TerminalText.OneLine(model.Reference)}, with your yes to each packet",
        (_, { } model) => $"{TerminalText.OneLine(model.Reference)}, with your yes to a packet, or to those of a session within its budget",
    };

    private static string Describe(LedgerCheck check, TimeProvider time) => check switch
    {
        { Fault: { } fault } => $"NOT whole: {fault}",
        { Entries: [.., var last] } => $"{Quantity.Of(check.Entries.Count, "entry", "entries")}, the last {time.Describe(last.At)}; whole",
        _ => "empty: nothing has left this machine",
    };
}
