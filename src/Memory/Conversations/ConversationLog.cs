using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Conversations;

/// <summary>The turns of sessions: each is committed before the model runs, and nothing is overwritten.</summary>
// Texts are read back as they were given, NUL included; a lone surrogate, which UTF-8 cannot hold, becomes U+FFFD.
public sealed class ConversationLog(MemoryDatabase database, TimeProvider time, ILogger<ConversationLog> logger)
{
    // From the head to the root: depth 0 is the newest turn.
    private const string Path =
        """
        with recursive path (id, depth) as (
            select head, 0 from sessions where id = $session and head is not null
            union all
            select turns.parent, path.depth + 1 from path join turns on turns.id = path.id where turns.parent is not null
        )
        """;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Commits what the user wrote, before the model runs, and makes it the session's head.</summary>
    /// <exception cref="MemoryException">There is no such session or turn, or the session is in the trash.</exception>
    public Task<Turn> BeginTurnAsync(NewTurn turn, CancellationToken cancellationToken = default)
    {
        var id = TurnId.New(time);
        return database.WriteAsync(
            connection =>
            {
                var parent = ParentOf(connection, turn);
                connection.Execute(
                    """
                    insert into turns (id, session, parent, prompt, status, model, created_at, writer, own_length)
                    values ($id, $session, $parent, $prompt, 'answering', $model, $now, $writer, $own);
                    update sessions set head = $id, updated_at = $now, title = coalesce(title, $title) where id = $session
                    """,
                    ("$id", id.ToString()), ("$session", turn.Session.ToString()), ("$parent", parent?.ToString()), ("$prompt", turn.Prompt),
                    ("$model", turn.Model), ("$now", Now), ("$writer", database.Writer), ("$title", SessionTitle.FromPrompt(turn.Prompt)),
                    ("$own", turn.OwnLength));
                return connection.Turn(id);
            },
            cancellationToken);
    }

    /// <summary>A writer that commits a begun turn's answer as it streams.</summary>
    public AnswerWriter WriteAnswer(TurnId turn) => new(this, turn, time, logger);

    /// <summary>Commits the whole of what has been answered so far.</summary>
    /// <exception cref="MemoryException">There is no such turn, or it has ended.</exception>
    public Task SaveAnswerAsync(TurnId turn, string answer, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            RefuseEnded(connection, turn);
            return connection.Execute("update turns set answer = $answer where id = $id", ("$answer", answer), ("$id", turn.ToString()));
        },
        cancellationToken);

    /// <summary>Commits what tools have done for a turn so far, and where the untrusted text in its window came from.</summary>
    /// <exception cref="MemoryException">There is no such turn, or it has ended.</exception>
    public Task SaveToolsAsync(TurnId turn, TurnTools? tools, IReadOnlyList<string> origins, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            RefuseEnded(connection, turn);
            return connection.Execute(
                "update turns set tools = $tools, origins = $origins where id = $id",
                ("$tools", TurnToolsJson.Write(tools)), ("$origins", TurnToolsJson.Write(origins)), ("$id", turn.ToString()));
        },
        cancellationToken);

    /// <summary>Commits the whole answer and how it ended.</summary>
    /// <exception cref="MemoryException">There is no such turn, or it has ended.</exception>
    public Task<Turn> FinishTurnAsync(TurnId turn, string answer, TurnOutcome outcome, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(outcome.Status, TurnStatus.Answering);
        return database.WriteAsync(
            connection =>
            {
                RefuseEnded(connection, turn);
                connection.FinishTurn(turn, answer, outcome, Now);
                return connection.Turn(turn);
            },
            cancellationToken);
    }

    /// <summary>Takes note of what the user thinks of an answer; what they said before no longer counts.</summary>
    /// <exception cref="MemoryException">There is no such turn, or it is still being answered.</exception>
    public Task<Turn> RateAsync(TurnId turn, bool isGood, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            if (connection.Turn(turn).Outcome.Status == TurnStatus.Answering)
            {
                throw new MemoryException(MemoryError.Invalid, $"The turn '{turn}' is still being answered; rate it when it has ended.");
            }

            connection.Rate(turn, isGood, Now);
            return connection.Turn(turn);
        },
        cancellationToken);

    /// <summary>Turns whose answers the user rated, the last rated first.</summary>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<List<Turn>> RatedAsync(int limit = int.MaxValue, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.Query(
            "select turns.* from turns join sessions on sessions.id = session where thumb is not null and deleted_at is null and turns.id not in (select turn from escalations) order by thumb_at desc, number desc limit $limit",
            ConversationRows.ReadTurn, ("$limit", limit)),
        cancellationToken);

    /// <summary>The turn of this id.</summary>
    /// <exception cref="MemoryException">There is none.</exception>
    public Task<Turn> GetTurnAsync(TurnId id, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.Turn(id), cancellationToken);

    /// <summary>The turn whose id starts with this text.</summary>
    /// <exception cref="MemoryException">None starts like this, or several do: the message then names them.</exception>
    public Task<Turn> FindTurnAsync(string idStart, CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.Turn(new TurnId(connection.FindId("turns", "turn", idStart))), cancellationToken);

    /// <summary>The turns of the current path, oldest first.</summary>
    public Task<List<Turn>> PathAsync(SessionId session, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.Query(
            $"{Path} select turns.* from path join turns on turns.id = path.id order by depth desc", ConversationRows.ReadTurn, ("$session", session.ToString())),
        cancellationToken);

    /// <summary>The ids of the current path's turns, oldest first.</summary>
    public Task<List<TurnId>> PathIdsAsync(SessionId session, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.Query($"{Path} select id from path order by depth desc", row => new TurnId(row.Id("id")), ("$session", session.ToString())),
        cancellationToken);

    /// <summary>The turns of all branches in the order in which they began, read one at a time.</summary>
    public async IAsyncEnumerable<Turn> TurnsAsync(SessionId session, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var ids = await database.ReadAsync(
            connection => connection.Query(
                "select id from turns where session = $session order by number", row => new TurnId(row.Id("id")), ("$session", session.ToString())),
            cancellationToken);
        foreach (var id in ids)
        {
            yield return await GetTurnAsync(id, cancellationToken);
        }
    }

    /// <summary>Makes another turn, or none, the end of the current path: with the head's parent, this is undo.</summary>
    /// <exception cref="MemoryException">There is no such session, or it has no such turn.</exception>
    public Task<Session> MoveHeadAsync(SessionId session, TurnId? head, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            var target = head is { } id ? connection.Turn(id, session).Id.ToString() : null;
            connection.Execute(
                "update sessions set head = $head, updated_at = $now where id = $session", ("$head", target), ("$now", Now), ("$session", session.ToString()));
            return connection.Session(session);
        },
        cancellationToken);

    /// <summary>Stores a summary that stands for a turn and all before it; the turns stay as they are.</summary>
    /// <exception cref="MemoryException">There is no such turn in the session.</exception>
    public Task AddSummaryAsync(SessionId session, Summary summary, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            var through = connection.Turn(summary.Through, session).Id;
            return connection.Execute(
                "insert into summaries (session, through_turn, text, tokens, origins, created_at) values ($session, $through, $text, $tokens, $origins, $now)",
                ("$session", session.ToString()), ("$through", through.ToString()), ("$text", summary.Text), ("$tokens", summary.Tokens),
                ("$origins", TurnToolsJson.Write(summary.Origins)), ("$now", Now));
        },
        cancellationToken);

    /// <summary>The summary that covers most of the current path, the newest of several; null where there is none.</summary>
    public Task<Summary?> LatestSummaryAsync(SessionId session, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.Query(
            $"{Path} select through_turn, text, tokens, origins from path join summaries on session = $session and through_turn = path.id order by depth, number desc limit 1",
            row => new Summary(new TurnId(row.Id("through_turn")), row.Text("text"), row.Number("tokens")) { Origins = TurnToolsJson.ReadOrigins(row.TextOrNull("origins")) },
            ("$session", session.ToString())).SingleOrDefault(),
        cancellationToken);

    private static TurnId? ParentOf(SqliteConnection connection, NewTurn turn)
    {
        var session = connection.Session(turn.Session);
        return session.DeletedAt is not null
            ? throw new MemoryException(MemoryError.NotFound, $"The session '{session.Id}' is in the trash; restore it first.")
            : turn.InsteadOf is { } sibling ? connection.Turn(sibling, session.Id).Parent : session.Head;
    }

    // Interrupted is open too: another process may have taken this one for dead while it was answering.
    private static void RefuseEnded(SqliteConnection connection, TurnId turn)
    {
        if (connection.Turn(turn).Outcome.Status is var status && status is not (TurnStatus.Answering or TurnStatus.Interrupted))
        {
            throw new MemoryException(
                MemoryError.Invalid, $"The turn '{turn}' has ended ({ConversationRows.Status(status)}) and is not changed any more; begin another.");
        }
    }
}
