using System.CommandLine;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>Names one or more sessions on a command line.</summary>
internal sealed class SessionIds : Argument<string[]>
{
    public SessionIds() : base("ID")
    {
        Description = "Ids of sessions, or their beginnings";
        Arity = ArgumentArity.OneOrMore;
    }

    /// <summary>The sessions, each once. All are found before anything is done to one: a wrong id changes nothing.</summary>
    /// <exception cref="PersonalAi.Memory.MemoryException">An id fits no session, or several.</exception>
    public async Task<IReadOnlyCollection<Session>> FindAsync(
        SessionCatalog catalog, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var found = new Dictionary<SessionId, Session>();
        foreach (var id in arguments.GetRequiredValue(this))
        {
            var session = await catalog.FindAsync(id, cancellationToken);
            found[session.Id] = session;
        }

        return found.Values;
    }
}
