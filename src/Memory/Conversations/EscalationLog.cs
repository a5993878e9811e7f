using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Conversations;

/// <summary>Where answers came from that models elsewhere gave.</summary>
/// <param name="database">Where that is kept.</param>
public sealed class EscalationLog(MemoryDatabase database)
{
    /// <summary>Commits where an answer came from.</summary>
    public Task AddAsync(EscalatedAnswer escalation, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection => connection.Execute(
            """
            insert into escalations (turn, destination, model, packet_sha256, consent, redactions, input_tokens, output_tokens, cost_usd, may_train, note)
            values ($turn, $destination, $model, $packet, $consent, $redactions, $input, $output, $cost, $train, $note)
            """,
            ("$turn", escalation.Turn.ToString()), ("$destination", escalation.Destination), ("$model", escalation.Model), ("$packet", escalation.PacketSha256),
            ("$consent", escalation.Consent), ("$redactions", escalation.Redactions), ("$input", escalation.InputTokens), ("$output", escalation.OutputTokens),
            ("$cost", (double?)escalation.CostUsd), ("$train", escalation.MayTrain), ("$note", escalation.Note)),
        cancellationToken);

    /// <summary>Where the answer of a turn came from; null where a local model gave it.</summary>
    public Task<EscalatedAnswer?> FindAsync(TurnId turn, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.Query("select * from escalations where turn = $turn", Read, ("$turn", turn.ToString())).SingleOrDefault(), cancellationToken);

    private static EscalatedAnswer Read(SqliteDataReader row) =>
        new(new TurnId(row.Id("turn")), row.Text("destination"), row.Text("packet_sha256"), row.Text("consent"))
        {
            Model = row.TextOrNull("model"),
            Redactions = row.Number("redactions"),
            InputTokens = row.Number("input_tokens"),
            OutputTokens = row.Number("output_tokens"),
            CostUsd = (decimal?)row.RealOrNull("cost_usd"),
            MayTrain = row.Number("may_train") == 1,
            Note = row.NumberOrNull("note"),
        };
}
