using Microsoft.Extensions.AI;
using PersonalAi.Assistant.Privacy.Redaction;

namespace PersonalAi.Assistant.Privacy.Packets;

/// <summary>A packet as it would go, byte for byte.</summary>
/// <param name="Draft">What it is made of.</param>
/// <param name="Request">The request.</param>
/// <param name="Messages">What the request says, as the library that sends it is given it.</param>
/// <param name="Placeholders">What stands for values in it.</param>
/// <param name="Cost">What it would cost.</param>
internal sealed record Packet(PacketDraft Draft, CapturedRequest Request, IReadOnlyList<ChatMessage> Messages, Placeholders Placeholders, PacketCost Cost);

/// <summary>What a packet costs: estimated before it goes, the tokenizer of another being unknown here, or as it was charged.</summary>
/// <param name="InputTokens">Tokens of the packet.</param>
/// <param name="OutputTokens">Tokens of the answer; of an estimate the most that it may have.</param>
/// <param name="Usd">US dollars; null where no price is known.</param>
internal sealed record PacketCost(long InputTokens, long OutputTokens, decimal? Usd)
{
    public static readonly PacketCost None = new(0, 0, 0);

    public long Tokens => InputTokens + OutputTokens;

    public static PacketCost operator +(PacketCost one, PacketCost other) =>
        new(one.InputTokens + other.InputTokens, one.OutputTokens + other.OutputTokens, one.Usd + other.Usd);
}
