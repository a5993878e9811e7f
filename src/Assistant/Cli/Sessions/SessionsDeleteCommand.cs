using System.CommandLine;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>Puts sessions into the trash.</summary>
internal sealed class SessionsDeleteCommand : PaiCommand
{
    private readonly SessionIds _ids = new();
    private readonly JsonOption _json = new();

    public SessionsDeleteCommand() : base("delete", "Put sessions into the trash, from which they can be restored.",
        "pai sessions delete 0199f3a2",
        "pai sessions restore 0199f3a2                # undoes it")
    {
        Add(_ids);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var catalog = await pai.SessionsAsync(cancellationToken);
        var deleted = new List<Session>();
        foreach (var session in await _ids.FindAsync(catalog, arguments, cancellationToken))
        {
            deleted.Add(await catalog.DeleteAsync(session.Id, cancellationToken));

            // First where it could be written again from.
            await pai.Engine.ForgetAsync(session.Id.ToString(), cancellationToken);
            pai.Snapshots.Delete(session.Id);
        }

        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(deleted.Select(SessionJson.From));
        }
        else
        {
            deleted.ForEach(session => pai.Console.Output.WriteLine(
                $"{session.Named()} is in the trash now; 'pai sessions restore {session.Id.ShortForm}' takes it out again."));
        }

        return ExitCode.Done;
    }
}
