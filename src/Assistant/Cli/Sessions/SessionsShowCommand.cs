using System.CommandLine;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>Shows what was said in a session.</summary>
internal sealed class SessionsShowCommand : PaiCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "Id of a session, or the beginning of one" };
    private readonly JsonOption _json = new();

    public SessionsShowCommand() : base("show", "Show what was said in a session, and what it cost.",
        "pai sessions show 0199f3a2",
        "pai sessions show 0199f3a2 | less")
    {
        Add(_id);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var session = await (await pai.SessionsAsync(cancellationToken)).FindAsync(arguments.GetRequiredValue(_id), cancellationToken);
        var record = await SessionRecord.ReadAsync(await pai.TurnsAsync(cancellationToken), session, cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(SessionRecordJson.From(record));
        }
        else
        {
            new Transcript(pai.Console.Output, pai.Time, new Ink(pai.ColourOnOutput)).Write(record);
        }

        return ExitCode.Done;
    }
}
