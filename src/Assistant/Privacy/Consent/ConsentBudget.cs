using System.Globalization;
using PersonalAi.Assistant.Privacy.Ledger;
using PersonalAi.Assistant.Privacy.Packets;

namespace PersonalAi.Assistant.Privacy.Consent;

/// <summary>What all packets of one consent may cost together.</summary>
/// <param name="Tokens">Tokens, both ways.</param>
/// <param name="Usd">US dollars.</param>
internal sealed record ConsentBudget(long Tokens, decimal Usd)
{
    private const int OkayBelow = 400;

    /// <summary>What the packets of a consent have cost by the ledger: what was charged, and the most it can have been where that is not known.</summary>
    public static PacketCost SpentIn(IReadOnlyList<LedgerEntry> entries, string consent)
    {
        var of = entries.Where(entry => entry.Consent == consent).ToList();
        return of.Where(entry => entry.Event == LedgerEvent.Sent).Aggregate(PacketCost.None, (spent, sent) => spent + CostOf(sent, of.Where(entry => entry.Request == sent.Number)));
    }

    /// <summary>Why a packet does not fit into what is left; null where it does.</summary>
    public string? Refuse(PacketCost spent, PacketCost packet) => packet.Usd is null
        ? "no price is known for the model, so it cannot be kept within a budget of money: enter one ('pai frontier prices --help')"
        : spent.Tokens + packet.Tokens > Tokens ? string.Create(CultureInfo.InvariantCulture, $"it may take {packet.Tokens} tokens, and {Math.Max(0, Tokens - spent.Tokens)} of {Tokens} are left")
        : spent.Usd + packet.Usd > Usd ? string.Create(CultureInfo.InvariantCulture, $"it may cost ${packet.Usd:0.####}, and ${Math.Max(0, Usd - spent.Usd ?? 0):0.####} of ${Usd:0.####} are left")
        : null;

    private static PacketCost CostOf(LedgerEntry sent, IEnumerable<LedgerEntry> told)
    {
        var known = told.ToList();
        var untaken = known.Exists(entry => entry.Event == LedgerEvent.Answered && entry.Status >= OkayBelow);
        return untaken ? PacketCost.None : Cost(known.Find(entry => entry.Event == LedgerEvent.Charged) ?? sent);
    }

    private static PacketCost Cost(LedgerEntry entry) => new(entry.InputTokens ?? 0, entry.OutputTokens ?? 0, entry.CostUsd ?? 0);
}
