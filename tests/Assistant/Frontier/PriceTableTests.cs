using PersonalAi.Assistant;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Frontier;

public sealed class PriceTableTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private string File => _folder["prices.yaml"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("openai/gpt-4o", 1_000_000, 0, 2.5)]
    [InlineData("openai/gpt-4o-2024-08-06", 0, 1_000_000, 10)]
    [InlineData("openai/gpt-4o-mini", 1_000_000, 1_000_000, 0.75)]
    [InlineData("anthropic/claude-haiku-4-5-20251001", 10_000, 1_000, 0.015)]
    [InlineData("anthropic/claude-haiku-5-5", 100_000, 1_000, 0.0105)]
    [InlineData("anthropic/claude-haiku-5-5", 100_001, 1_000, 0.0525005)]
    public void What_is_shipped_prices_models_and_their_dated_versions(string reference, int tokensIn, int tokensOut, double cost)
    {
        var destination = new FrontierDestinations(new FrontierSettings()).Find(reference);

        var estimate = PriceTable.Load(File).Estimate(destination, tokensIn, tokensOut);

        Assert.Equal((decimal)cost, estimate);
    }

    [Fact]
    public void What_is_shipped_is_dated_and_says_where_it_was_read()
    {
        var prices = PriceTable.Load(File).Prices;

        Assert.All(prices, price => Assert.StartsWith("https://", price.Source, StringComparison.Ordinal));
        Assert.All(prices, price => Assert.InRange(price.AsOf, new DateOnly(2026, 1, 1), new DateOnly(2026, 11, 21)));
        Assert.All(prices, price => Assert.True(price.Cached < price.Input && price.Input < price.Output, price.Model));
    }

    [Fact]
    public void A_model_without_a_price_has_an_unknown_cost_and_one_s_own_costs_nothing()
    {
        var destinations = new FrontierDestinations(new FrontierSettings { Servers = ["home http://localhost:8080/v1", "rented https://models.example/v1"] });
        var prices = PriceTable.Load(File);

        var costs = new[] { "openai/gpt-4o-audio-preview", "openai/unknown", "rented/m", "home/m" }.Select(model => prices.Estimate(destinations.Find(model), 1_000, 1_000));

        Assert.Equal([null, null, null, 0m], costs);
    }

    [Fact]
    public void One_s_own_prices_come_first()
    {
        System.IO.File.WriteAllText(File, """
            prices:
              - model: openai/gpt-4o
                input: 1.00
                output: 2
                as_of: 2026-11-20
              - model: home/*
                input: 0.10
                cached: 0.01
                output: 0.30
                as_of: 2026-11-20
            """);
        var destinations = new FrontierDestinations(new FrontierSettings { Servers = ["home http://localhost:8080/v1"] });

        var prices = PriceTable.Load(File);

        Assert.Equal(3m, prices.Estimate(destinations.Find("openai/gpt-4o"), 1_000_000, 1_000_000));
        Assert.Equal(0.355m, prices.Estimate(destinations.Find("home/any"), 1_000_000, 1_000_000, cached: 500_000));
        Assert.Equal((true, false), (prices.Find("openai/gpt-4o")!.IsOwn, prices.Find("openai/gpt-4o-mini")!.IsOwn));
    }

    [Theory]
    [InlineData("prizes: []", "1: 'prizes' is not known here; the file has one list, 'prices'.")]
    [InlineData("prices: 3", "1: 'prices' is a list; begin each price with '- model: NAME'.")]
    [InlineData("prices:\n  - gpt", "2: This is no price; write it as '- model: NAME' with its values below.")]
    [InlineData("prices:\n  - { model: a/b, input: 1, output: 1 }", "2: This price has no 'as_of'.")]
    [InlineData("prices:\n  - { model: a/b, input: -1, output: 1, as_of: 2026-01-01 }", "2: '-1' is not allowed for 'input', which takes US dollars for a million tokens, such as 2.50.")]
    [InlineData("prices:\n  - { model: a/b, inputs: 1 }", "2: 'inputs' is not a key of a price; did you mean 'input'?")]
    [InlineData("prices:\n  - { model: a/b, input: 1, output: 1, as_of: today }", "2: 'today' is not allowed for 'as_of', which takes a date like 2026-11-21.")]
    [InlineData("prices:\n  - { model: a/b, input: 1, output: 1, as_of: 2026-01-01, over: many }", "2: 'many' is not allowed for 'over', which takes a whole number of tokens.")]
    public void A_file_that_is_wrong_says_where(string text, string problem)
    {
        System.IO.File.WriteAllText(File, text);

        var error = Assert.Throws<UsageException>(() => PriceTable.Load(File));

        Assert.Equal($"{File}:{problem}", error.Message);
    }
}
