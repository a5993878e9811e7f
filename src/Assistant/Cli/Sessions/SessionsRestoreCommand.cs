using System.CommandLine;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>Takes sessions out of the trash.</summary>
internal sealed class SessionsRestoreCommand : PaiCommand
{
    private readonly SessionIds _ids = new();
    private readonly JsonOption _json = new();

    public SessionsRestoreCommand() : base("restore", "Take sessions out of the trash.",
        "pai sessions list --all                      # shows what is in the trash",
        "pai sessions restore 0199f3a2")
    {
        Add(_ids);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var catalog = await pai.SessionsAsync(cancellationToken);
        var restored = new List<Session>();
        foreach (var session in await _ids.FindAsync(catalog, arguments, cancellationToken))
        {
            restored.Add(await catalog.RestoreAsync(session.Id, cancellationToken));
        }

        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(restored.Select(SessionJson.From));
        }
        else
        {
            restored.ForEach(session => pai.Console.Output.WriteLine($"{session.Named()} is among the sessions again."));
        }

        return ExitCode.Done;
    }
}
