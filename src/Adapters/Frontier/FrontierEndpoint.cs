using System.Collections.Immutable;

namespace PersonalAi.Adapters.Frontier;

/// <summary>A server that runs models elsewhere: a provider's, or one of the user's own.</summary>
/// <param name="Name">What the user calls it, the part of a reference before the slash.</param>
/// <param name="Wire">How it is spoken to.</param>
/// <param name="Address">Where: for OpenAI's wire with the version (<c>https://host/v1</c>), for Anthropic's without it.</param>
public sealed record FrontierEndpoint(string Name, FrontierWire Wire, Uri Address)
{
    /// <summary>OpenAI itself.</summary>
    public static FrontierEndpoint OpenAI { get; } = new("openai", FrontierWire.OpenAI, new Uri("https://api.openai.com/v1"));

    /// <summary>Anthropic itself.</summary>
    public static FrontierEndpoint Anthropic { get; } = new("anthropic", FrontierWire.Anthropic, new Uri("https://api.anthropic.com"));

    /// <summary>The providers that need no entry of the user's.</summary>
    public static ImmutableArray<FrontierEndpoint> Providers { get; } = [OpenAI, Anthropic];

    /// <summary>Whether the user has entered it; a host of a provider never counts as the user's own, whatever an entry calls it.</summary>
    public bool IsSelfHosted => !Providers.Any(IsHostOf);

    private bool IsHostOf(FrontierEndpoint provider)
    {
        // api.openai.com, and with it eu.api.openai.com and openai.com.
        var domain = string.Join('.', provider.Address.IdnHost.Split('.')[^2..]);
        var host = Address.IdnHost.TrimEnd('.');
        return host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);
    }
}
