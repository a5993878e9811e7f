namespace PersonalAi.Adapters.Models.Lora;

/// <summary>An adapter file.</summary>
/// <param name="Id">What <see cref="AdapterStore.Find"/> takes: in the adapters folder the file name without its ending, elsewhere the path.</param>
/// <param name="Path">The full path.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="File">Its header; null where it cannot be read.</param>
/// <param name="Sha256">The pinned hash; null before its first use.</param>
/// <param name="Trust">What its size and time say about its bytes, without reading them.</param>
/// <param name="Problem">Why it cannot be read; null where it can.</param>
public sealed record AdapterEntry(string Id, string Path, long Bytes, AdapterFile? File, string? Sha256, ModelTrust Trust, string? Problem);

/// <summary>An adapter that may be handed to the engine: its header is sound and its bytes are those that were trusted.</summary>
/// <param name="Name">As it is called in references.</param>
/// <param name="File">Its header.</param>
/// <param name="Pin">What it was when it was trusted; its hash is the adapter's identity.</param>
public sealed record CheckedAdapter(string Name, AdapterFile File, ModelPin Pin);
