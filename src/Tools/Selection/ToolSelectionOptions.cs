namespace PersonalAi.Tools.Selection;

/// <summary>How many tools a model is shown, and how near to a message they must be. docs/tools.md has the measurements behind the numbers.</summary>
public sealed record ToolSelectionOptions
{
    /// <summary>The most tools of a turn.</summary>
    public int Most { get; init; } = 4;

    /// <summary>The score below which the nearest tool is too far from a message that is not like small talk at all.</summary>
    public double Floor { get; init; } = 0.07;

    /// <summary>How much the floor rises with the cosine of the message to the nearest small talk.</summary>
    public double TalkWeight { get; init; } = 0.4;

    /// <summary>The score below which the nearest tool is too far where there is no embedding model.</summary>
    public double WordFloor { get; init; } = 0.09;

    /// <summary>The share of the best score that the others must have.</summary>
    public double Share { get; init; } = 0.35;

    /// <summary>The score up to which a tool has nothing in common with a query.</summary>
    public double Nothing { get; init; } = 0.05;

    /// <summary>The weight of words against meaning.</summary>
    public double WordWeight { get; init; } = 0.4;

    /// <summary>How much of a text is embedded, in characters.</summary>
    public int EmbeddedLength { get; init; } = 400;
}
