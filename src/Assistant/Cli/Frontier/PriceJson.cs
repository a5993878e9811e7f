using PersonalAi.Assistant.Frontier;

namespace PersonalAi.Assistant.Cli.Frontier;

/// <summary>A price as <c>--json</c> prints it, in US dollars for a million tokens.</summary>
internal sealed record PriceJson(string Id, decimal Input, decimal? Cached, decimal Output, int? Over, DateOnly AsOf, string? Source, bool Own)
{
    public static PriceJson From(ModelPrice price) => new(price.Model, price.Input, price.Cached, price.Output, price.Over, price.AsOf, price.Source, price.IsOwn);
}
