namespace PersonalAi.Assistant.Routing;

/// <summary>Where a question could be asked instead, and what the user allows for that.</summary>
internal sealed record RouteOptions
{
    /// <summary>The model to propose, such as <c>openai/gpt-5</c>; null where there is none.</summary>
    public string? Elsewhere { get; init; }

    /// <summary>Whether the user may be asked for their consent at all.</summary>
    public bool MayAsk { get; init; }

    /// <summary>What is left of the money that may be spent; null where there is no limit.</summary>
    public decimal? MoneyLeft { get; init; }
}
