using System.Globalization;
using System.Threading.Channels;
using PersonalAi.Adapters;
using PersonalAi.Assistant.Chat;
using PersonalAi.Assistant.Cli;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Privacy.Consent;
using PersonalAi.Assistant.Privacy.Ledger;
using PersonalAi.Assistant.Privacy.Packets;
using PersonalAi.Assistant.Routing;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Notes;
using PersonalAi.Memory.Recall;
using PersonalAi.Tools;

namespace PersonalAi.Assistant.Escalation;

/// <summary>Has a model elsewhere answer, where the user said yes to the very packet, and brings the answer back into the session with its origin.</summary>
/// <param name="models">Where models are.</param>
/// <param name="drafts">Makes drafts of packets.</param>
/// <param name="dialogue">Has the user's word.</param>
/// <param name="egress">The way out.</param>
/// <param name="ledger">Told what answers cost.</param>
/// <param name="log">Where turns are stored.</param>
/// <param name="escalations">Where it is stored where answers came from.</param>
/// <param name="notes">Where answers are kept for another time.</param>
/// <param name="time">The clock.</param>
internal sealed class Escalator(
    FrontierModels models, PacketDrafts drafts, PacketDialogue dialogue, EgressGate egress, EgressLedger ledger, ConversationLog log, EscalationLog escalations, NoteStore notes, TimeProvider time)
{
    private const int LongestNote = 4_000;
    private const int RemarkLength = 150;

    private FrontierDestination Destination => models.Destinations.Default
        ?? throw new UsageException("No model elsewhere is configured; 'pai config set frontier.model SERVER/MODEL' names one, and 'pai frontier list' shows the servers.");

    /// <summary>Has the user's word on a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DeniedException">The user said no, or it must not leave.</exception>
    /// <exception cref="UsageException">No model elsewhere is configured.</exception>
    public Task<ApprovedAsking> ApproveAsync(string question, PacketPurpose purpose, CancellationToken cancellationToken = default) =>
        dialogue.ApproveAsync(PacketDraft.Of(Destination, purpose, question) with { Reasons = ["you asked for it"] }, cancellationToken);

    /// <summary>Has the user's word on the question of a turn that was answered here.</summary>
    /// <inheritdoc cref="ApproveAsync(string, PacketPurpose, CancellationToken)"/>
    public async Task<ApprovedAsking> ApproveAsync(Turn turn, PacketPurpose purpose, CancellationToken cancellationToken = default) =>
        await dialogue.ApproveAsync(await drafts.OfAsync(Destination, purpose, turn, cancellationToken), cancellationToken);

    /// <summary>Sends an approved packet; the answer becomes a turn of the session.</summary>
    /// <param name="approved">The packet, and the user's word on it.</param>
    /// <param name="turn">The turn to begin; its prompt is the question, its model the destination.</param>
    /// <param name="cancellationToken">Stops the answer; what came is kept.</param>
    /// <exception cref="ModelException">The server did not answer, refused, or broke off.</exception>
    public IAsyncEnumerable<ChatEvent> AnswerAsync(ApprovedAsking approved, NewTurn turn, CancellationToken cancellationToken = default) =>
        ChatEventStream.RunAsync((events, stop) => AnswerAsync(approved, turn, events, stop), cancellationToken);

    private async Task AnswerAsync(ApprovedAsking approved, NewTurn turn, ChannelWriter<ChatEvent> events, CancellationToken cancellationToken)
    {
        var stored = await log.BeginTurnAsync(turn, cancellationToken);
        events.TryWrite(new ChatEvent.Started(turn.Session, stored.Id));
        await log.SaveToolsAsync(stored.Id, tools: null, [OriginOf(approved.Packet)], cancellationToken);
        var exchange = new FrontierExchange(approved, models, egress, ledger);
        var began = time.GetTimestamp();
        TimeSpan? first = null;
        await using var writer = log.WriteAnswer(stored.Id);
        try
        {
            await foreach (var piece in exchange.RunAsync(cancellationToken))
            {
                first ??= time.GetElapsedTime(began);
                writer.Append(piece);
                events.TryWrite(new ChatEvent.Text(piece));
            }

            await FinishAsync(new TurnOutcome(TurnStatus.Complete) { FinishReason = exchange.FinishReason });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await FinishAsync(new TurnOutcome(TurnStatus.Cancelled) { FinishReason = "cancelled" });
        }
        catch (Exception error) when (error is ModelException or EgressDeniedException or LedgerException)
        {
            writer.Append(exchange.HeldBack);
            await writer.FinishAsync(new TurnOutcome(TurnStatus.Failed) { FinishReason = "error", Error = error.Message }, CancellationToken.None);
            await GoBackAsync();
            throw;
        }

        // Where nothing came, the session goes on from the answer that there is.
        async Task GoBackAsync()
        {
            if (turn.InsteadOf is { } local && writer.Text.Length == 0)
            {
                await log.MoveHeadAsync(turn.Session, local, CancellationToken.None);
            }
        }

        async Task FinishAsync(TurnOutcome outcome)
        {
            writer.Append(exchange.HeldBack);
            var total = time.GetElapsedTime(began);
            var answered = await writer.FinishAsync(
                outcome with
                {
                    Usage = exchange.Charged is { } cost ? new TurnUsage((int)cost.InputTokens, (int)exchange.CachedTokens, (int)cost.OutputTokens) : null,
                    Timings = new TurnTimings(TimeSpan.Zero, TimeSpan.Zero, first ?? total, total),
                    Route = RouteOf(approved.Packet.Draft),
                },
                CancellationToken.None);
            var origin = await KeepAsync(approved, answered, exchange);
            await GoBackAsync();
            events.TryWrite(new ChatEvent.Completed(answered, PackedMemories.None) { Escalation = origin });
        }
    }

    // A note, so that the answer is found again without being asked for again.
    private async Task<EscalatedAnswer> KeepAsync(ApprovedAsking approved, Turn turn, FrontierExchange exchange)
    {
        var packet = approved.Packet;
        var text = $"{turn.Prompt}\n\n{turn.Answer}";
        text = text.Length > LongestNote ? CutText.At(text, LongestNote - RemarkLength, $"; the turn {turn.Id} has all") : text;
        var note = turn.Answer.Length == 0 ? null : await notes.AddAsync(text, origins: [OriginOf(packet)], cancellationToken: CancellationToken.None);
        var cost = exchange.Charged ?? packet.Cost;
        var escalation = new EscalatedAnswer(turn.Id, packet.Draft.Destination.Reference, packet.Request.Sha256, approved.Word.Consent)
        {
            Model = exchange.AnsweredBy,
            Redactions = packet.Placeholders.Replacements.Count,
            InputTokens = cost.InputTokens,
            OutputTokens = cost.OutputTokens,
            CostUsd = cost.Usd,
            MayTrain = models.Settings.Training,
            Note = note?.Number,
        };
        await escalations.AddAsync(escalation, CancellationToken.None);
        return escalation;
    }

    private string OriginOf(Packet packet) =>
        string.Create(CultureInfo.InvariantCulture, $"{packet.Draft.Destination.Reference}, asked on {time.GetLocalNow():yyyy-MM-dd} (packet {packet.Request.Sha256[..8]})");

    private static TurnRoute RouteOf(PacketDraft draft)
    {
        var capability = draft.Destination.Class == TrustClass.SelfHosted ? Capability.SelfHosted : Capability.Frontier;
        return new TurnRoute([new RoutedStep(RouteStep.Answer.ToJsonName(), capability.ToJsonName(), [.. draft.Reasons, "the packet was approved, and sent once"])]);
    }
}
