using System.CommandLine;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>Takes note of what the user thinks of an answer.</summary>
internal sealed class SessionsRateCommand : PaiCommand
{
    private const string Good = "good";

    private readonly Argument<string> _id = new("ID") { Description = "Id of a session, or the beginning of one" };
    private readonly Argument<string> _thumb = new("THUMB") { Description = "What you think of it: good or bad", HelpName = "good|bad" };
    private readonly Option<string?> _turn = new("--turn") { Description = "The answer that is meant [default: the session's last]", HelpName = "ID" };
    private readonly JsonOption _json = new();

    public SessionsRateCommand() : base("rate", "Say whether an answer was good or bad; 'pai eval route' learns from it.",
        "pai sessions rate 0199f3a2 good                      # the last answer",
        "pai sessions rate 0199f3a2 bad --turn 0199f3a2-81c4")
    {
        _thumb.AcceptOnlyFromAmong(Good, "bad");
        Add(_id);
        Add(_thumb);
        Add(_turn);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var session = await (await pai.SessionsAsync(cancellationToken)).FindAsync(arguments.GetRequiredValue(_id), cancellationToken);
        var log = await pai.TurnsAsync(cancellationToken);
        var turn = await FindAsync(log, session, arguments.GetValue(_turn), cancellationToken);
        var rated = await log.RateAsync(turn, arguments.GetRequiredValue(_thumb) == Good, cancellationToken);
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(TurnJson.From(rated));
        }
        else
        {
            await pai.Console.Output.WriteLineAsync(RouteText.OfThumb(rated));
        }

        return ExitCode.Done;
    }

    private static async Task<TurnId> FindAsync(ConversationLog log, Session session, string? idStart, CancellationToken cancellationToken)
    {
        if (idStart is null)
        {
            return session.Head ?? throw new UsageException($"The session {session.Id.ShortForm} has no answer to rate.");
        }

        var turn = await log.FindTurnAsync(idStart, cancellationToken);
        return turn.Session == session.Id
            ? turn.Id
            : throw new UsageException($"The turn {turn.Id.ShortForm} belongs to the session {turn.Session.ShortForm}, not to {session.Id.ShortForm}; 'pai sessions show' lists turns with --json.");
    }
}
