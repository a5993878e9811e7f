namespace PersonalAi.Memory.Conversations;

/// <summary>Names a session: a UUIDv7, so that ids sort by time.</summary>
public readonly record struct SessionId(Guid Value)
{
    /// <summary>The first 13 characters, which tell the millisecond.</summary>
    public string ShortForm => ToString()[..13];

    /// <summary>A new id of this moment.</summary>
    public static SessionId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <summary>The whole id in lowercase.</summary>
    public override string ToString() => Value.ToString("D");
}

/// <summary>Names a turn: a UUIDv7, so that ids sort by time.</summary>
public readonly record struct TurnId(Guid Value)
{
    /// <summary>The first 13 characters, which tell the millisecond.</summary>
    public string ShortForm => ToString()[..13];

    /// <summary>A new id of this moment.</summary>
    public static TurnId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <summary>The whole id in lowercase.</summary>
    public override string ToString() => Value.ToString("D");
}
