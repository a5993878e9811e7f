using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>Lists the sessions; finds, shows, exports, rates, renames, deletes and restores them.</summary>
internal sealed class SessionsCommand : PaiCommand
{
    private readonly JsonOption _json = new();

    public SessionsCommand() : base("sessions", "List past sessions; find, show, export, rate, rename, delete or restore them.",
        "pai sessions                                 # the last used first",
        "pai sessions search sourdough",
        "pai sessions show 0199f3a2",
        "pai chat --session 0199f3a2                  # goes on with it")
    {
        Add(_json);
        Add(new SessionsListCommand());
        Add(new SessionsShowCommand());
        Add(new SessionsSearchCommand());
        Add(new SessionsExportCommand());
        Add(new SessionsRateCommand());
        Add(new SessionsRenameCommand());
        Add(new SessionsDeleteCommand());
        Add(new SessionsRestoreCommand());
        Add(new SessionsPruneKvCommand());
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        await SessionsListCommand.WriteAsync(pai, arguments.GetValue(_json), cancellationToken: cancellationToken);
        return ExitCode.Done;
    }
}
