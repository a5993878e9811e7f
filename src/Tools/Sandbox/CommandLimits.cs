namespace PersonalAi.Tools.Sandbox;

/// <summary>What a command may take.</summary>
internal sealed record CommandLimits
{
    /// <summary>How long it may run.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many bytes of address space each of its processes may have.</summary>
    public long Memory { get; init; } = 4L << 30;

    /// <summary>How large a file it may write, and how much it may keep in its own /tmp, in bytes.</summary>
    public long FileSize { get; init; } = 256L << 20;

    /// <summary>How many processes it may have at once; not enforced where the program runs as root.</summary>
    public int Processes { get; init; } = 128;

    /// <summary>How many characters each of its two outputs may have.</summary>
    public int Output { get; init; } = 50_000;
}
