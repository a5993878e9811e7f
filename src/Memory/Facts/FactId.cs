namespace PersonalAi.Memory.Facts;

/// <summary>Names one version of a fact: a UUIDv7, so that ids sort by time.</summary>
public readonly record struct FactId(Guid Value)
{
    /// <summary>The first 13 characters, which tell the millisecond.</summary>
    public string ShortForm => ToString()[..13];

    /// <summary>A new id of this moment.</summary>
    public static FactId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <summary>The whole id in lowercase.</summary>
    public override string ToString() => Value.ToString("D");
}
