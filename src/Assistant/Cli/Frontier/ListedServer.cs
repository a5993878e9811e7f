using PersonalAi.Assistant.Frontier;
using PersonalAi.Assistant.Privacy;

namespace PersonalAi.Assistant.Cli.Frontier;

/// <summary>A server of models elsewhere, with all that a list shows of it.</summary>
/// <param name="Server">The server.</param>
/// <param name="Key">Where its key comes from; null where there is none.</param>
/// <param name="Model">The model of it that <c>frontier.model</c> names; null where that is another server's.</param>
/// <param name="Price">What that model costs; null where it is not known.</param>
/// <param name="Consent">How the user's word is had.</param>
internal sealed record ListedServer(OwnServer Server, KeyPlace? Key, string? Model, ModelPrice? Price, ConsentMode Consent)
{
    public TrustClass Class => FrontierDestination.Classify(Server.Endpoint, Server.Trust);

    public string Wire => Server.Endpoint.Wire.ToString().ToLowerInvariant();

    /// <summary>For the column.</summary>
    public string KeyText => Server.NeedsKey ? Key?.ToString() ?? "none" : "not needed";
}
