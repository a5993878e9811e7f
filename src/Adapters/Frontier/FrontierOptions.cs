namespace PersonalAi.Adapters.Frontier;

/// <summary>How a model elsewhere is asked, and how long it is waited for.</summary>
public sealed record FrontierOptions
{
    /// <summary>Longest answer in tokens, what a model thinks before it included.</summary>
    public int MaxOutputTokens { get; init; } = 1024;

    /// <summary>How freely words are chosen; null leaves it to the server. Anthropic's API does not take one.</summary>
    public float? Temperature { get; init; }

    /// <summary>How long the server may take until its answer begins.</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an answer that has begun may stand still.</summary>
    public TimeSpan BetweenChunks { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long all of it may take, waiting for a busy server included.</summary>
    public TimeSpan Whole { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a request is sent again that the server did not take.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The longest wait that a server may ask for before it is sent again; one that asks for more is left alone.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);
}
