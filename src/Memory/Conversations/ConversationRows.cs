using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Conversations;

/// <summary>Rows of the conversation tables as records, and what is looked up in them within a transaction.</summary>
internal static class ConversationRows
{
    private const string Sessions = "select *, (select count(*) from turns where session = sessions.id) as turn_count from sessions";

    private const string Good = "good";
    private const string Bad = "bad";

    public static string Status(TurnStatus status) => status.ToString().ToLowerInvariant();

    public static List<Session> QuerySessions(this SqliteConnection connection, string rest, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        connection.Query($"{Sessions} {rest}", ReadSession, parameters);

    public static Session Session(this SqliteConnection connection, SessionId id) =>
        connection.QuerySessions("where id = $id", ("$id", id.ToString())).SingleOrDefault()
        ?? throw new MemoryException(MemoryError.NotFound, $"There is no session '{id}'; list the sessions to choose one.");

    /// <summary>The id of the session that starts with what someone typed.</summary>
    public static SessionId FindSession(this SqliteConnection connection, string start) => new(connection.FindId("sessions", "session", start));

    public static Turn Turn(this SqliteConnection connection, TurnId id) =>
        connection.Query("select * from turns where id = $id", ReadTurn, ("$id", id.ToString())).SingleOrDefault()
        ?? throw new MemoryException(MemoryError.NotFound, $"There is no turn '{id}'; show the session to choose one.");

    public static Turn Turn(this SqliteConnection connection, TurnId id, SessionId session) =>
        connection.Turn(id) is var turn && turn.Session == session ? turn
            : throw new MemoryException(MemoryError.NotFound, $"The session '{session}' has no turn '{id}'; show the session to choose one.");

    public static void FinishTurn(this SqliteConnection connection, TurnId turn, string answer, TurnOutcome outcome, long now) => connection.Execute(
        """
        update turns set
            answer = $answer, status = $status, finish_reason = $reason, snapshot = $snapshot, error = $error, route = $route,
            prompt_tokens = $prompt_tokens, cached_tokens = $cached_tokens, completion_tokens = $completion_tokens,
            load_ms = $load, prompt_ms = $prompt, first_token_ms = $first_token, total_ms = $total,
            finished_at = $now, writer = null
        where id = $id;
        update sessions set updated_at = $now where id = (select session from turns where id = $id)
        """,
        ("$id", turn.ToString()), ("$answer", answer), ("$status", Status(outcome.Status)), ("$now", now),
        ("$reason", outcome.FinishReason), ("$snapshot", outcome.Snapshot), ("$error", outcome.Error), ("$route", TurnRouteJson.Write(outcome.Route)),
        ("$prompt_tokens", outcome.Usage?.PromptTokens), ("$cached_tokens", outcome.Usage?.CachedTokens), ("$completion_tokens", outcome.Usage?.CompletionTokens),
        ("$load", outcome.Timings?.Load.TotalMilliseconds), ("$prompt", outcome.Timings?.Prompt.TotalMilliseconds),
        ("$first_token", outcome.Timings?.FirstToken.TotalMilliseconds), ("$total", outcome.Timings?.Total.TotalMilliseconds));

    public static void Rate(this SqliteConnection connection, TurnId turn, bool isGood, long now) => connection.Execute(
        "update turns set thumb = $thumb, thumb_at = $now where id = $id", ("$id", turn.ToString()), ("$thumb", isGood ? Good : Bad), ("$now", now));

    public static Turn ReadTurn(SqliteDataReader row) =>
        new(new TurnId(row.Id("id")), new SessionId(row.Id("session")), OptionalTurn(row, "parent"), row.Text("prompt"), row.Text("model"), row.Time("created_at"))
        {
            OwnLength = row.NumberOrNull("own_length"),
            Memories = row.Text("memories"),
            Tools = TurnToolsJson.ReadTools(row.TextOrNull("tools")),
            Origins = TurnToolsJson.ReadOrigins(row.TextOrNull("origins")),
            Answer = row.Text("answer"),
            FinishedAt = row.TimeOrNull("finished_at"),
            Outcome = new TurnOutcome(Enum.Parse<TurnStatus>(row.Text("status"), ignoreCase: true))
            {
                FinishReason = row.TextOrNull("finish_reason"),
                Snapshot = row.TextOrNull("snapshot"),
                Usage = ReadUsage(row),
                Timings = ReadTimings(row),
                Error = row.TextOrNull("error"),
                Route = TurnRouteJson.Read(row.TextOrNull("route")),
            },
            Thumb = row.TextOrNull("thumb") is { } thumb ? new TurnThumb(thumb == Good, row.Time("thumb_at")) : null,
        };

    private static Session ReadSession(SqliteDataReader row) =>
        new(
            new SessionId(row.Id("id")),
            new SessionSettings(row.Text("persona"), row.Text("model")) { SystemPrompt = row.TextOrNull("system_prompt") },
            row.Time("created_at"),
            row.Time("updated_at"))
        {
            Title = row.TextOrNull("title"),
            CoreMemory = row.Text("core_memory"),
            DeletedAt = row.TimeOrNull("deleted_at"),
            Head = OptionalTurn(row, "head"),
            TurnCount = row.Number("turn_count"),
        };

    private static TurnId? OptionalTurn(SqliteDataReader row, string column) => row.IdOrNull(column) is { } id ? new TurnId(id) : null;

    private static TurnUsage? ReadUsage(SqliteDataReader row) => row.IsDBNull(row.GetOrdinal("prompt_tokens"))
        ? null
        : new TurnUsage(row.Number("prompt_tokens"), row.Number("cached_tokens"), row.Number("completion_tokens"));

    private static TurnTimings? ReadTimings(SqliteDataReader row) => row.IsDBNull(row.GetOrdinal("total_ms"))
        ? null
        : new TurnTimings(row.Duration("load_ms"), row.Duration("prompt_ms"), row.Duration("first_token_ms"), row.Duration("total_ms"));
}
