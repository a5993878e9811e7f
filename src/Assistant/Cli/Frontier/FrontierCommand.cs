using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Frontier;

/// <summary>The models elsewhere: which there are, their keys and their prices. Nothing here reaches any of them.</summary>
internal sealed class FrontierCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public FrontierCommand() : base("frontier", "List the servers of models elsewhere; keep their keys, show their prices. None of them is contacted.",
        "pai frontier",
        "pai frontier key anthropic                   # asks for the key, and keeps it in the keyring or a file of yours",
        "pai config set frontier.servers 'home https://192.168.1.5:8000/v1 pin:sha256:HEX'",
        "pai frontier prices --json")
    {
        Add(_json);
        Add(new FrontierListCommand());
        Add(new FrontierKeyCommand());
        Add(new FrontierPricesCommand());
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default) =>
        FrontierListCommand.WriteAsync(pai, arguments.GetValue(_json), cancellationToken);
}
