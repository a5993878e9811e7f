using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Privacy.Consent;
using PersonalAi.Assistant.Privacy.Ledger;
using PersonalAi.Assistant.Privacy.Packets;

namespace PersonalAi.Assistant.Escalation;

/// <summary>Sends an approved packet once, and puts the values back into the answer.</summary>
/// <param name="approved">The packet, and the user's word on it.</param>
/// <param name="models">Opens the model.</param>
/// <param name="egress">The way out.</param>
/// <param name="ledger">Told what the answer cost.</param>
internal sealed class FrontierExchange(ApprovedAsking approved, FrontierModels models, EgressGate egress, EgressLedger ledger)
{
    private UsageDetails? _usage;

    /// <summary>What the answer cost, as the server counted it; null where it did not say.</summary>
    public PacketCost? Charged { get; private set; }

    /// <summary>Tokens of the packet that the server had in its cache.</summary>
    public long CachedTokens => _usage?.CachedInputTokenCount ?? 0;

    /// <summary>The model that the server says answered; null where it does not say.</summary>
    public string? AnsweredBy { get; private set; }

    /// <summary>Why the answer ended.</summary>
    public string FinishReason { get; private set; } = "stop";

    /// <summary>What came of a broken or stopped answer and was not handed on, since it could have been the beginning of a placeholder.</summary>
    public string HeldBack { get; private set; } = "";

    /// <summary>The answer as it comes.</summary>
    /// <exception cref="Adapters.ModelException">The server did not answer, refused, or broke off.</exception>
    public async IAsyncEnumerable<string> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (packet, word) = (approved.Packet, approved.Word);
        var destination = packet.Draft.Destination;
        var consent = new EgressConsent(destination.Class == TrustClass.SelfHosted ? EgressPurpose.SelfHosted : EgressPurpose.Frontier, word.Ground)
        {
            Id = word.Consent,
            Packet = new ApprovedPacket(packet.Request.Address, packet.Request.Sha256, packet.Placeholders.Replacements.Count, packet.Cost),
            Trust = destination.Trust,
        };
        consent.Allow(destination.Authority);
        using var http = egress.CreateClient(consent);
        using var chat = (await models.OpenAsync(destination, cancellationToken)).OpenChat(http);
        var restore = packet.Placeholders.BeginRestore();
        try
        {
            await foreach (var update in chat.GetStreamingResponseAsync(packet.Messages, cancellationToken: cancellationToken))
            {
                Observe(update);
                if (restore.Append(update.Text) is { Length: > 0 } text)
                {
                    yield return text;
                }
            }
        }
        finally
        {
            HeldBack = restore.End();
            await ChargeAsync(consent);
        }

        if (HeldBack is { Length: > 0 } rest)
        {
            HeldBack = "";
            yield return rest;
        }
    }

    private void Observe(ChatResponseUpdate update)
    {
        AnsweredBy = update.ModelId ?? AnsweredBy;
        FinishReason = update.FinishReason?.Value ?? FinishReason;
        foreach (var usage in update.Contents.OfType<UsageContent>())
        {
            _usage = usage.Details;
        }
    }

    // Where the server does not say what it cost, the estimate in the entry of the request stands.
    private async Task ChargeAsync(EgressConsent consent)
    {
        var destination = approved.Packet.Draft.Destination;
        if (_usage is { InputTokenCount: { } input, OutputTokenCount: { } output } && consent.Packet is { Entry: { } entry })
        {
            Charged = new PacketCost(input, output, models.Prices.Estimate(destination, input, output, CachedTokens));
            await ledger.AppendAsync(
                new LedgerEntry
                {
                    Event = LedgerEvent.Charged,
                    Request = entry,
                    Purpose = consent.Purpose,
                    Destination = approved.Packet.Request.Address.GetLeftPart(UriPartial.Authority),
                    Consent = consent.Id,
                    InputTokens = input,
                    OutputTokens = output,
                    CostUsd = Charged.Usd,
                },
                CancellationToken.None);
        }
    }
}
