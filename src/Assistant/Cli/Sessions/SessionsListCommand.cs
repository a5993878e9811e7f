using System.CommandLine;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Cli.Sessions;

/// <summary>Lists the sessions, the last used first.</summary>
internal sealed class SessionsListCommand : PaiCommand
{
    private readonly Option<bool> _all = new("--all") { Description = "Also those in the trash" };
    private readonly LimitOption _limit = new("sessions");
    private readonly JsonOption _json = new();

    public SessionsListCommand() : base("list", "List sessions, the last used first.",
        "pai sessions list --limit 5",
        "pai sessions list --all --json")
    {
        Add(_all);
        Add(_limit);
        Add(_json);
    }

    public static async Task WriteAsync(
        Composition pai, bool json, bool all = false, int limit = LimitOption.Usual, CancellationToken cancellationToken = default)
    {
        // One more than is shown tells whether there are more.
        var found = await (await pai.SessionsAsync(cancellationToken)).ListAsync(all, Math.Min(limit, int.MaxValue - 1) + 1, cancellationToken);
        var sessions = found.Take(limit);
        if (json)
        {
            pai.Console.Output.WriteJson(sessions.Select(SessionJson.From));
            return;
        }

        if (found.Count == 0)
        {
            await pai.Console.Error.WriteLineAsync("There are no sessions yet; 'pai' opens the first.");
            return;
        }

        pai.Console.Output.WriteTable([["SESSION", "LAST USED", "TURNS", "PERSONA", "MODEL", "TITLE"], .. sessions.Select(session => Row(session, pai.Time))]);
        if (found.Count > limit)
        {
            await pai.Console.Error.WriteLineAsync($"Only the last {limit} are shown; 'pai sessions list --limit N' shows more.");
        }
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        await WriteAsync(pai, arguments.GetValue(_json), arguments.GetValue(_all), arguments.GetValue(_limit), cancellationToken);
        return ExitCode.Done;
    }

    private static string[] Row(Session session, TimeProvider time) =>
    [
        session.Id.ShortForm,
        time.Describe(session.UpdatedAt),
        $"{session.TurnCount}",
        TerminalText.Sanitize(session.Settings.Persona),
        TerminalText.Sanitize(session.Settings.Model),
        session.Heading() + (session.DeletedAt is null ? "" : " (in the trash)"),
    ];
}
