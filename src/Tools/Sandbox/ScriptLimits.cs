namespace PersonalAi.Tools.Sandbox;

/// <summary>What a script may take.</summary>
internal sealed record ScriptLimits
{
    /// <summary>How long it may run.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many instructions of the Lua machine it may run.</summary>
    public long Instructions { get; init; } = 200_000_000;

    /// <summary>How many bytes it may hold at once.</summary>
    public long Memory { get; init; } = 32 << 20;

    /// <summary>How many bytes of output are kept.</summary>
    public int Output { get; init; } = 20_000;

    /// <summary>The longest source, in characters.</summary>
    public int Source { get; init; } = 20_000;
}
