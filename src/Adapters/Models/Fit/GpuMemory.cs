namespace PersonalAi.Adapters.Models.Fit;

/// <summary>The memory of one GPU that the engine can compute on.</summary>
/// <param name="Device">llama.cpp's name of it, such as <c>CUDA0</c>.</param>
/// <param name="Total">In bytes.</param>
/// <param name="Free">What can still be taken, in bytes.</param>
public sealed record GpuMemory(string Device, long Total, long Free)
{
    /// <summary>Whether it is a part of the machine's own memory, as with GPUs that sit in the processor.</summary>
    public bool IsShared { get; init; }
}
