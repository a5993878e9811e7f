using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Audit;

/// <summary>The log of every call of a tool; rows are added and never changed.</summary>
/// <param name="database">Where it is kept.</param>
public sealed class ToolAudit(MemoryDatabase database)
{
    /// <summary>Adds a call.</summary>
    public Task RecordAsync(AuditedCall call, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection => connection.Execute(
            """
            insert into tool_calls (called_at, face, session, turn, tool, source, risk, arguments_sha256, untrusted, decision, approval, reason, status, result_sha256, elapsed_ms)
            values ($at, $face, $session, $turn, $tool, $source, $risk, $arguments, $untrusted, $decision, $approval, $reason, $status, $result, $elapsed)
            """,
            ("$at", call.CalledAt.ToUnixTimeMilliseconds()), ("$face", call.Face), ("$session", call.Session?.ToString()), ("$turn", call.Turn?.ToString()),
            ("$tool", call.Tool), ("$source", call.Source), ("$risk", call.Risk), ("$arguments", call.ArgumentsSha256), ("$untrusted", call.Untrusted),
            ("$decision", call.Decision), ("$approval", call.Approval), ("$reason", call.Reason), ("$status", call.Status), ("$result", call.ResultSha256),
            ("$elapsed", call.Elapsed.TotalMilliseconds)),
        cancellationToken);

    /// <summary>The calls, the newest first.</summary>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<List<AuditedCall>> ListAsync(int limit = 20, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.Query("select * from tool_calls order by number desc limit $limit", Read, ("$limit", limit)), cancellationToken);

    private static AuditedCall Read(SqliteDataReader row) =>
        new(row.Text("tool"), row.Text("source"), row.Text("risk"), row.Text("face"), row.Text("status"), row.Text("arguments_sha256"))
        {
            Number = row.Number("number"),
            CalledAt = row.Time("called_at"),
            Session = row.IdOrNull("session") is { } session ? new SessionId(session) : null,
            Turn = row.IdOrNull("turn") is { } turn ? new TurnId(turn) : null,
            Untrusted = row.Number("untrusted"),
            Decision = row.TextOrNull("decision"),
            Approval = row.TextOrNull("approval"),
            Reason = row.Text("reason"),
            ResultSha256 = row.TextOrNull("result_sha256"),
            Elapsed = row.Duration("elapsed_ms"),
        };
}
