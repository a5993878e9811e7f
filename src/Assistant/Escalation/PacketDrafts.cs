using System.Collections.Immutable;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Assistant.Privacy.Packets;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Escalation;

/// <summary>Makes drafts of packets: the question, and beside it what the user may tick. What never leaves this machine is not offered.</summary>
/// <param name="log">The turns.</param>
/// <param name="recalls">What was recalled for each.</param>
/// <param name="facts">The labels of facts.</param>
/// <param name="documents">The labels of documents.</param>
internal sealed class PacketDrafts(ConversationLog log, RecallLog recalls, FactStore facts, DocumentStore documents)
{
    // Never the whole session.
    private const int MostExchanges = 6;

    /// <summary>A draft that asks what a turn asked.</summary>
    public async Task<PacketDraft> OfAsync(FrontierDestination destination, PacketPurpose purpose, Turn turn, CancellationToken cancellationToken = default)
    {
        var draft = PacketDraft.Of(destination, purpose, turn.Prompt);
        var labels = new GivenLabels(log, recalls, facts, documents);
        return draft with
        {
            Items = [.. draft.Items, .. await ExchangesAsync(turn, labels, cancellationToken), .. await MemoriesAsync(turn, labels, cancellationToken)],
            LocalAnswer = turn.Answer,
            Reasons = [turn.Outcome.Route?.Steps is [.., { Suggestion: { } suggestion }] ? suggestion : "you asked for it"],
        };
    }

    private async Task<IEnumerable<PacketItem>> ExchangesAsync(Turn turn, GivenLabels labels, CancellationToken cancellationToken)
    {
        var items = new List<PacketItem>();
        foreach (var earlier in (await log.PathAsync(turn.Session, cancellationToken)).TakeWhile(earlier => earlier.Id != turn.Id))
        {
            // An answer may tell in other words what the model was given, and so may those that were written with that answer before them.
            if (await labels.WasGivenNeverAsync(earlier.Id, cancellationToken))
            {
                break;
            }

            items.Add(new PacketItem(PacketPart.Exchange, earlier.Prompt) { Answer = earlier.Answer, Origins = earlier.Origins });
        }

        return items.TakeLast(MostExchanges);
    }

    private async Task<IEnumerable<PacketItem>> MemoriesAsync(Turn turn, GivenLabels labels, CancellationToken cancellationToken)
    {
        var items = ImmutableArray.CreateBuilder<PacketItem>();
        foreach (var memory in (await recalls.ReadAsync(turn.Id, cancellationToken)).Given)
        {
            var passage = memory.Passage;
            var label = await labels.OfAsync(passage, cancellationToken);
            if (label != EgressLabel.Never)
            {
                items.Add(new PacketItem(PacketPart.Memory, passage.Text)
                {
                    Label = label,
                    Fact = passage.Part == PassagePart.Fact ? new FactId(passage.Source) : null,
                    Origins = await recalls.OriginsAsync([passage], cancellationToken),
                });
            }
        }

        return items;
    }
}
