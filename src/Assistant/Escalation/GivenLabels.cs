using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Escalation;

/// <summary>Tells which memories and answers may hold something that the user labelled.</summary>
/// <param name="log">The turns.</param>
/// <param name="recalls">What was recalled for each.</param>
/// <param name="facts">The labels of facts.</param>
/// <param name="documents">The labels of documents.</param>
internal sealed class GivenLabels(ConversationLog log, RecallLog recalls, FactStore facts, DocumentStore documents)
{
    private readonly Dictionary<TurnId, bool> _known = [];

    /// <summary>The label of a memory; an answer never leaves where it may tell what never does. Null where it has none.</summary>
    public async Task<EgressLabel?> OfAsync(Passage passage, CancellationToken cancellationToken = default) => passage.Part switch
    {
        PassagePart.Fact => (await facts.GetAsync(new FactId(passage.Source), cancellationToken)).Egress,
        PassagePart.Chunk => (await documents.FindAsync(passage.Source.ToString(), cancellationToken))[0].Egress,
        PassagePart.Answer when await MayTellNeverAsync(new TurnId(passage.Source), cancellationToken) => EgressLabel.Never,
        _ => null,
    };

    /// <summary>Whether the model had a memory before it that never leaves: its answer may tell it in other words.</summary>
    public async Task<bool> WasGivenNeverAsync(TurnId turn, CancellationToken cancellationToken = default)
    {
        if (_known.TryGetValue(turn, out var known))
        {
            return known;
        }

        foreach (var memory in (await recalls.ReadAsync(turn, cancellationToken)).Given)
        {
            if (await OfAsync(memory.Passage, cancellationToken) == EgressLabel.Never)
            {
                return _known[turn] = true;
            }
        }

        return _known[turn] = false;
    }

    // The turns before it stood in the window, too.
    private async Task<bool> MayTellNeverAsync(TurnId turn, CancellationToken cancellationToken)
    {
        for (TurnId? at = turn; at is { } id; at = (await log.GetTurnAsync(id, cancellationToken)).Parent)
        {
            if (await WasGivenNeverAsync(id, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }
}
