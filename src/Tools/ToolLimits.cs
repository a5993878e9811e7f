namespace PersonalAi.Tools;

/// <summary>How much one call may take.</summary>
public sealed record ToolLimits
{
    /// <summary>The longest that a tool may run.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest result that the model is given, in characters; what is longer is cut, and says so.</summary>
    public int ResultLength { get; init; } = 8_000;

    /// <summary>How often the very same call may be made in one turn.</summary>
    public int SameCalls { get; init; } = 2;

    /// <summary>How often the user may say no in one turn before nothing more is asked and all else that needs approval is denied.</summary>
    public int Refusals { get; init; } = 2;
}
