using PersonalAi.Adapters.Frontier;
using PersonalAi.Assistant.Privacy;

namespace PersonalAi.Assistant.Frontier;

/// <summary>A model elsewhere that a request may be approved for.</summary>
/// <param name="Endpoint">Where it runs.</param>
/// <param name="Model">As the server calls it.</param>
/// <param name="Trust">What vouches for the server.</param>
/// <param name="NeedsKey">Whether the server asks for a key.</param>
internal sealed record FrontierDestination(FrontierEndpoint Endpoint, string Model, ServerTrust Trust, bool NeedsKey)
{
    /// <summary>As the user names it: <c>openai/gpt-5</c>.</summary>
    public string Reference => $"{Endpoint.Name}/{Model}";

    /// <summary>Host and port, as <see cref="Uri.Authority"/> writes them and consent is given for.</summary>
    public string Authority => Endpoint.Address.Authority;

    /// <summary>Whose it is.</summary>
    public TrustClass Class => Classify(Endpoint, Trust);

    /// <summary>Whose the models of a server are: the user's only where something of the user's vouches for it.</summary>
    public static TrustClass Classify(FrontierEndpoint endpoint, ServerTrust trust) =>
        endpoint.IsSelfHosted && (trust is not ServerTrust.System || endpoint.Address.IsLoopback) ? TrustClass.SelfHosted : TrustClass.Frontier;
}
