namespace PersonalAi.Adapters.Models;

/// <summary>A model file.</summary>
/// <param name="Id">What <see cref="ModelStore.Resolve"/> takes: in the models folder the file name without its ending, elsewhere the path.</param>
/// <param name="Path">The full path.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Architecture">What the file says it is; null where it cannot be read.</param>
/// <param name="Quantisation">E.g. <c>Q4_K_M</c>; null where it cannot be read.</param>
/// <param name="Sha256">The pinned hash; null before its first use.</param>
/// <param name="IsBundled">Whether setup brought it along.</param>
/// <param name="Problem">Why it cannot be read; null where it can.</param>
public sealed record ModelEntry(
    string Id, string Path, long Bytes, string? Architecture, string? Quantisation, string? Sha256, bool IsBundled, string? Problem)
{
    /// <summary>What its size and time say about its bytes, without reading them.</summary>
    public ModelTrust Trust { get; init; }
}

/// <summary>What is known about a model's bytes before they are read.</summary>
public enum ModelTrust
{
    /// <summary>It was never used: its first use pins its hash.</summary>
    Unpinned,

    /// <summary>Its size and time are those that it was pinned with.</summary>
    Pinned,

    /// <summary>It was written to since it was pinned: its next use compares the hash.</summary>
    Touched,
}

/// <summary>Whether a model's bytes are those that were trusted.</summary>
public enum ModelVerdict
{
    /// <summary>The bytes are those that were pinned.</summary>
    Unchanged,

    /// <summary>The bytes are others.</summary>
    Changed,

    /// <summary>Nothing was pinned yet, so there is nothing to compare with.</summary>
    Unknown,
}

/// <summary>The result of hashing a model again.</summary>
/// <param name="Id">As in <see cref="ModelEntry"/>.</param>
/// <param name="Path">The full path.</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="ExpectedSha256">The pinned hash, if any.</param>
/// <param name="ActualSha256">The hash of the bytes that are there now.</param>
public sealed record ModelVerification(string Id, string Path, ModelVerdict Verdict, string? ExpectedSha256, string ActualSha256);

/// <summary>A model that may be handed to the engine: its header is sound and its bytes are those that were trusted.</summary>
/// <param name="File">Its header.</param>
/// <param name="Pin">What it was when it was trusted; its hash is the model's identity.</param>
public sealed record CheckedModel(GgufFile File, ModelPin Pin);
