using System.Collections.Immutable;
using PersonalAi.Adapters.Frontier;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Frontier;

/// <summary>The servers of models elsewhere: the providers, and those that the user has entered.</summary>
internal sealed class FrontierDestinations
{
    /// <summary>What <c>frontier.model</c> says where there is none.</summary>
    public const string None = "none";

    private readonly string _model;

    /// <param name="settings">What the user has entered.</param>
    /// <exception cref="UsageException">Two entries have the same name.</exception>
    public FrontierDestinations(FrontierSettings settings)
    {
        _model = settings.Model;
        Servers = [.. FrontierEndpoint.Providers.Select(provider => new OwnServer(provider, new ServerTrust.System(), NeedsKey: true)), .. settings.Servers.Select(OwnServer.Parse)];
        if (Servers.GroupBy(server => server.Endpoint.Name).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            throw new UsageException($"Two entries of frontier.servers are named '{same.Key}'; rename one.");
        }
    }

    /// <summary>The providers first.</summary>
    public ImmutableArray<OwnServer> Servers { get; }

    /// <summary>The destination that <c>frontier.model</c> names; null where it names none.</summary>
    /// <exception cref="UsageException">It does not name one as <see cref="Find"/> wants it.</exception>
    public FrontierDestination? Default => _model == None ? null : Find(_model);

    /// <summary>The destination that a reference names.</summary>
    /// <param name="reference"><c>openai/MODEL</c>, <c>anthropic/MODEL</c>, or <c>NAME/MODEL</c> of an entered server; the model may hold slashes.</param>
    /// <exception cref="UsageException">It is no reference, or names no server.</exception>
    public FrontierDestination Find(string reference)
    {
        var slash = reference.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == reference.Length - 1 || reference.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            throw new UsageException($"'{reference}' names no model elsewhere; write it as SERVER/MODEL, such as 'anthropic/MODEL' (see 'pai frontier list').");
        }

        var server = FindServer(reference[..slash]);
        return new FrontierDestination(server.Endpoint, reference[(slash + 1)..], server.Trust, server.NeedsKey);
    }

    /// <summary>The server of a name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public OwnServer FindServer(string name) => Servers.FirstOrDefault(server => server.Endpoint.Name == name)
        ?? throw new UsageException($"'{name}' is no server of models elsewhere; {DidYouMean.Ending(name, [.. Servers.Select(server => server.Endpoint.Name)])}");
}
