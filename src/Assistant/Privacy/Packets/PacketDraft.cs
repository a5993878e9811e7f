using System.Collections.Immutable;
using PersonalAi.Assistant.Frontier;

namespace PersonalAi.Assistant.Privacy.Packets;

/// <summary>What a packet is made of: the question, and what could go with it.</summary>
/// <param name="Destination">Where it would go.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Items">The question first.</param>
internal sealed record PacketDraft(FrontierDestination Destination, PacketPurpose Purpose, ImmutableArray<PacketItem> Items)
{
    /// <summary>Why it is proposed, each a clause.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>What the local model answered; empty where it was not asked. It is shown and does not go.</summary>
    public string LocalAnswer { get; init; } = "";

    public string Question => Items[0].Text;

    /// <summary>Facts labelled <c>ask</c> that it tells, and to which the user has not said yes.</summary>
    public IEnumerable<PacketItem> Unconfirmed => Items.Where(item => item is { Part: PacketPart.Told, IsTicked: false });

    /// <summary>A draft that asks a question alone.</summary>
    public static PacketDraft Of(FrontierDestination destination, PacketPurpose purpose, string question) =>
        new(destination, purpose, [new PacketItem(PacketPart.Question, question) { IsTicked = true }]);

    /// <summary>The draft with an item ticked, or no more; the question always goes.</summary>
    /// <param name="number">Its place, from 1.</param>
    public PacketDraft Toggle(int number) => number < 2 || number > Items.Length
        ? this
        : this with { Items = Items.SetItem(number - 1, Items[number - 1] with { IsTicked = !Items[number - 1].IsTicked }) };

    /// <summary>The draft with another question.</summary>
    public PacketDraft Ask(string question) => this with { Items = Items.SetItem(0, Items[0] with { Text = question }) };
}

/// <summary>What a model elsewhere is asked for.</summary>
internal enum PacketPurpose
{
    /// <summary>To answer.</summary>
    Escalate,

    /// <summary>To answer beside the local model.</summary>
    Compare,
}
