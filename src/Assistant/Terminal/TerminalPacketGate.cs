using System.Globalization;
using PersonalAi.Assistant.Privacy.Consent;
using PersonalAi.Assistant.Privacy.Ledger;
using PersonalAi.Assistant.Privacy.Packets;

namespace PersonalAi.Assistant.Terminal;

/// <summary>Shows packets to the person at the terminal. Only what is typed after a packet is an answer to it, and only a clear yes lets it go.</summary>
/// <param name="lines">What is typed.</param>
/// <param name="output">Where packets are shown.</param>
/// <param name="ledger">Tells what a session's consent has cost.</param>
/// <param name="session">What a session's consent covers; null where each packet is asked for.</param>
internal sealed class TerminalPacketGate(Lazy<TerminalLines> lines, TextWriter output, EgressLedger ledger, ConsentBudget? session) : IPacketGate
{
    // The destinations that the user gave their word for until this program ends, and the names of these consents.
    private readonly Dictionary<string, string> _standing = [];

    public async Task<PacketAnswer> AskAsync(Packet packet, CancellationToken cancellationToken = default)
    {
        if (await StandingAsync(packet, cancellationToken) is { } granted)
        {
            await SayAsync($"[sent by your word for this session: {Quantity.Of(packet.Request.Body.Length, "byte")}, SHA-256 {packet.Request.Sha256}]", cancellationToken);
            return granted;
        }

        var text = new PacketText(packet);
        for (var whole = false; ; whole = true)
        {
            var answer = await lines.Value.AskAsync(output, $"\n{text.Write(whole)}{Answers(packet, text.IsShortened && !whole)}", cancellationToken);
            switch (answer.ToUpperInvariant())
            {
                case "V":
                    break;
                case "Y" or "YES" or "S" when packet.Draft.Unconfirmed.Any():
                    await SayAsync("It tells a fact labelled ask: tick that with its number first, or edit the question.", cancellationToken);
                    break;
                case "Y" or "YES":
                    return new PacketAnswer.Granted($"packet:{packet.Request.Sha256[..16]}", "your yes to the packet");
                case "S" when session is not null:
                    return Stand(packet);
                case "E":
                    return await EditAsync(packet.Draft, cancellationToken);
                case var number when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var item) && item > 1 && item <= packet.Draft.Items.Length:
                    return new PacketAnswer.Changed(packet.Draft.Toggle(item));
                default:
                    return new PacketAnswer.Refused("Nothing was sent.");
            }
        }
    }

    private static string Choices(Packet packet) => packet.Draft.Items.Length > 1 ? $"[2{(packet.Draft.Items.Length > 2 ? $"-{packet.Draft.Items.Length}" : "")}] tick or untick, " : "";

    private string Answers(Packet packet, bool isShortened)
    {
        var lasting = session is null ? "" : string.Create(CultureInfo.InvariantCulture, $"[s] and others like it until you leave, up to {session.Tokens:#,0} tokens and ${session.Usd:0.##}, ");
        return $"Send it? [y] yes, this once, {lasting}{Choices(packet)}[e] edit the question, {(isShortened ? "[v] view all, " : "")}[n] no (Enter): ";
    }

    private async Task<PacketAnswer.Granted?> StandingAsync(Packet packet, CancellationToken cancellationToken)
    {
        if (session is null || packet.Draft.Unconfirmed.Any() || !_standing.TryGetValue(packet.Draft.Destination.Reference, out var consent))
        {
            return null;
        }

        var spent = ConsentBudget.SpentIn((await ledger.CheckAsync(cancellationToken)).Entries, consent);
        if (session.Refuse(spent, packet.Cost) is not { } refusal)
        {
            return new PacketAnswer.Granted(consent, "your word for a session");
        }

        await SayAsync($"Your word for this session does not cover this packet: {refusal}.", cancellationToken);
        return null;
    }

    private PacketAnswer.Granted Stand(Packet packet)
    {
        var consent = $"session:{Guid.CreateVersion7()}";
        _standing[packet.Draft.Destination.Reference] = consent;
        return new PacketAnswer.Granted(consent, "your word for a session");
    }

    private async Task<PacketAnswer> EditAsync(PacketDraft draft, CancellationToken cancellationToken)
    {
        var text = await lines.Value.AskAsync(output, "The question as it shall be (Enter keeps it): ", cancellationToken);
        return new PacketAnswer.Changed(text.Length > 0 ? draft.Ask(text) : draft);
    }

    private Task SayAsync(string text, CancellationToken cancellationToken) => output.WriteLineAsync(text.AsMemory(), cancellationToken);
}
