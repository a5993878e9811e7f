namespace PersonalAi.Assistant.Cli.Frontier;

/// <summary>A server of models elsewhere as <c>--json</c> prints it.</summary>
internal sealed record FrontierServerJson(
    string Id, string Class, string Host, Uri Address, string Wire, string Certificate, bool NeedsKey, string? Key, string? Model, PriceJson? Price, string Consent)
{
    public static FrontierServerJson From(ListedServer listed) => new(
        listed.Server.Endpoint.Name,
        listed.Class.ToJsonName(),
        listed.Server.Endpoint.Address.Authority,
        listed.Server.Endpoint.Address,
        listed.Wire,
        listed.Server.Trust.ToString()!,
        listed.Server.NeedsKey,
        listed.Key?.ToString(),
        listed.Model,
        listed.Price is { } price ? PriceJson.From(price) : null,
        listed.Consent.ToJsonName());
}
