using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Memory.Recall.Index;

/// <summary>What a passage is a part of.</summary>
public enum PassagePart
{
    /// <summary>A fact.</summary>
    Fact,

    /// <summary>What the user wrote in a turn.</summary>
    Prompt,

    /// <summary>What the model answered in a turn.</summary>
    Answer,

    /// <summary>A document.</summary>
    Chunk,
}

/// <summary>A piece of text that can be searched, short enough for the embedding model.</summary>
/// <param name="Part">What it is a part of.</param>
/// <param name="Source">The id of the fact, turn or document.</param>
/// <param name="Thread">The id of what it is neighbour in: a session, a document, a fact.</param>
/// <param name="Ordinal">Its place among the neighbours.</param>
/// <param name="Text">Its words.</param>
/// <param name="SaidAt">When they were said; of an event, when it happens.</param>
internal sealed record NewPassage(PassagePart Part, Guid Source, Guid Thread, long Ordinal, string Text, DateTimeOffset SaidAt)
{
    /// <summary>Who says it, where that is known.</summary>
    public string? Speaker { get; init; }

    /// <summary>The headings it stands under.</summary>
    public string? Heading { get; init; }

    /// <summary>Where it stands in its source: the first character of a turn, the first line of a document.</summary>
    public int? First { get; init; }

    /// <summary>Where it ends in its source: behind the last character of a turn, the last line of a document.</summary>
    public int? Last { get; init; }

    /// <summary>The passage of a fact.</summary>
    public static NewPassage Of(FactId id, string text, DateTimeOffset at) => new(PassagePart.Fact, id.Value, id.Value, 0, text, at);

    /// <summary>The passages of a turn's prompt or answer.</summary>
    public static IEnumerable<NewPassage> Of(Turn turn, PassagePart part, string text, long ordinal) =>
        TextPieces.Split(text).Select(piece => new NewPassage(part, turn.Id.Value, turn.Session.Value, ordinal, piece.Text, turn.CreatedAt)
        {
            First = piece.Start,
            Last = piece.Start + piece.Text.Length,
        });
}
