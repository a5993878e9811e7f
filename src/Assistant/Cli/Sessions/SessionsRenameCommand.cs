using System.CommandLine;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>Gives a session another title.</summary>
internal sealed class SessionsRenameCommand : PaiCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "Id of a session, or the beginning of one" };
    private readonly Argument<string[]> _title = new("TITLE") { Description = "Its new title, in one or more words", Arity = ArgumentArity.OneOrMore };
    private readonly JsonOption _json = new();

    public SessionsRenameCommand() : base("rename", "Give a session another title.", "pai sessions rename 0199f3a2 Sourdough for beginners")
    {
        Add(_id);
        Add(_title);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var sessions = await pai.SessionsAsync(cancellationToken);
        var session = await sessions.FindAsync(arguments.GetRequiredValue(_id), cancellationToken);
        var renamed = await sessions.RenameAsync(session.Id, string.Join(' ', arguments.GetRequiredValue(_title)), cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(SessionJson.From(renamed));
        }
        else
        {
            await pai.Console.Output.WriteLineAsync($"Renamed '{session.Heading()}' to {renamed.Named()}.");
        }

        return ExitCode.Done;
    }
}
