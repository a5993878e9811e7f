using System.CommandLine;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Frontier;

/// <summary>Lists the servers of models elsewhere; contacts none.</summary>
internal sealed class FrontierListCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public FrontierListCommand() : base("list", "List the servers of models elsewhere, and where their keys come from; none is contacted.", "pai frontier list --json") => Add(_json);

    public static async Task<ExitCode> WriteAsync(Composition pai, bool json, CancellationToken cancellationToken = default)
    {
        var listed = await ListAsync(pai, cancellationToken);
        if (json)
        {
            pai.Console.Output.WriteJson(listed.Select(FrontierServerJson.From));
            return ExitCode.Done;
        }

        pai.Console.Output.WriteTable(
            [
                ["SERVER", "CLASS", "HOST", "WIRE", "VOUCHED FOR BY", "KEY"],
                .. listed.Select(one => new[] { one.Server.Endpoint.Name, one.Class.ToJsonName(), one.Server.Endpoint.Address.Authority, one.Wire, one.Server.Trust.ToString()!, one.KeyText }),
            ]);
        await pai.Console.Output.WriteLineAsync();
        await pai.Console.Output.WriteLineAsync(Sentence(pai, listed));
        return ExitCode.Done;
    }

    protected override Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default) =>
        WriteAsync(pai, arguments.GetValue(_json), cancellationToken);

    private static async Task<List<ListedServer>> ListAsync(Composition pai, CancellationToken cancellationToken)
    {
        var (destinations, prices, settings) = (pai.Frontier, pai.Prices, pai.Configuration.Options.Frontier);
        var chosen = destinations.Default;
        var listed = new List<ListedServer>();
        foreach (var server in destinations.Servers)
        {
            var model = chosen?.Endpoint == server.Endpoint ? chosen.Model : null;
            listed.Add(new ListedServer(
                server,
                server.NeedsKey ? await pai.FrontierKeys.LocateAsync(server.Endpoint.Name, cancellationToken) : null,
                model,
                model is null ? null : prices.Find(chosen!.Reference),
                settings.Consent));
        }

        return listed;
    }

    private static string Sentence(Composition pai, List<ListedServer> listed)
    {
        var consent = $"frontier.consent is {pai.Configuration.Options.Frontier.Consent.ToJsonName()}";
        return listed.FirstOrDefault(one => one.Model is not null) switch
        {
            null => $"No model is chosen (frontier.model is none), and {consent}.",
            { Price: { } price } one => $"{one.Server.Endpoint.Name}/{one.Model} is chosen, at {PriceText.Of(price)}; {consent}.",
            { Class: TrustClass.SelfHosted } one => $"{one.Server.Endpoint.Name}/{one.Model} is chosen, which is yours and costs nothing; {consent}.",
            { } one => $"{one.Server.Endpoint.Name}/{one.Model} is chosen, whose price is not known; {consent}.",
        };
    }
}
