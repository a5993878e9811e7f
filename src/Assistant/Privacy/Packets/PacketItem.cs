using PersonalAi.Memory.Facts;

namespace PersonalAi.Assistant.Privacy.Packets;

/// <summary>What a part of a packet is.</summary>
internal enum PacketPart
{
    /// <summary>What is asked.</summary>
    Question,

    /// <summary>An earlier exchange of the session.</summary>
    Exchange,

    /// <summary>A memory that the local model was given.</summary>
    Memory,

    /// <summary>A fact labelled <c>ask</c> that the other parts tell; a tick lets it go with them, and it is not added.</summary>
    Told,
}

/// <summary>A part of a packet, which the user can take in or leave out.</summary>
/// <param name="Part">What it is.</param>
/// <param name="Text">Its words: what the user wrote, or the memory.</param>
internal sealed record PacketItem(PacketPart Part, string Text)
{
    /// <summary>What was answered, in an exchange.</summary>
    public string Answer { get; init; } = "";

    /// <summary>Whether it goes. Nothing but the question does unless the user ticks it.</summary>
    public bool IsTicked { get; init; }

    /// <summary>How the user labelled it; null where it has no label.</summary>
    public EgressLabel? Label { get; init; }

    /// <summary>Where it comes from, where that is not the user.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Whether its words are in the packet.</summary>
    public bool IsSent => IsTicked && Part != PacketPart.Told;

    /// <summary>The id of the fact that it is, where it is one.</summary>
    public FactId? Fact { get; init; }
}
