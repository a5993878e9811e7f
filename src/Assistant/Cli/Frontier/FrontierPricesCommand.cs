using System.CommandLine;
using System.Globalization;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Frontier;

/// <summary>Shows what models elsewhere cost, from when that is, and where the user's own prices go.</summary>
internal sealed class FrontierPricesCommand : PaiCommand
{
    private readonly JsonOption _json = new();
    private readonly Option<bool> _editPath = new("--edit-path") { Description = "Print the path of the file for your own prices, and nothing else" };

    public FrontierPricesCommand() : base("prices", "Show what models elsewhere cost, in US dollars for a million tokens, and of which day each price is.",
        "pai frontier prices",
        "$EDITOR \"$(pai frontier prices --edit-path)\"  # your prices come first; docs/frontier.md has an example")
    {
        Add(_json);
        Add(_editPath);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        if (arguments.GetValue(_editPath))
        {
            await pai.Console.Output.WriteLineAsync(pai.Data.Prices);
        }
        else if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(pai.Prices.Prices.Select(PriceJson.From));
        }
        else
        {
            pai.Console.Output.WriteTable([["MODEL", "IN $/M", "CACHED $/M", "OUT $/M", "FOR REQUESTS", "AS OF", "FROM"], .. pai.Prices.Prices.Select(Row)]);
        }

        return ExitCode.Done;
    }

    private static string[] Row(ModelPrice price) =>
    [
        TerminalText.OneLine(price.Model),
        PriceText.Number(price.Input),
        price.Cached is { } cached ? PriceText.Number(cached) : "",
        PriceText.Number(price.Output),
        price.Over is { } over ? $"over {over} tokens" : "",
        price.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        price.IsOwn ? "prices.yaml" : "pai",
    ];
}
