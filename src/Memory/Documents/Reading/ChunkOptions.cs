namespace PersonalAi.Memory.Documents.Reading;

/// <summary>How large chunks are.</summary>
internal sealed record ChunkOptions
{
    /// <summary>The most tokens of one chunk's content; the embedding model reads 256, and the heading path needs some of them.</summary>
    public int TargetTokens { get; init; } = 190;

    /// <summary>A section with fewer tokens shares a chunk with the next one, so that no heading stands alone.</summary>
    public int MinTokens { get; init; } = 40;

    /// <summary>Counts the tokens of a text; by default an estimate that needs no model.</summary>
    public Func<string, int> CountTokens { get; init; } = TokenEstimate.Of;
}
