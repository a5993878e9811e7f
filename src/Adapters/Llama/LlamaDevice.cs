using PersonalAi.Adapters.Llama.Native;
using PersonalAi.Adapters.Models.Fit;

namespace PersonalAi.Adapters.Llama;

/// <summary>A processor that a loaded backend can compute on.</summary>
/// <param name="Name">llama.cpp's short name, such as <c>CPU</c> or <c>CUDA0</c>.</param>
/// <param name="Description">The processor's own name.</param>
/// <param name="Kind">What it is.</param>
public sealed record LlamaDevice(string Name, string Description, LlamaDeviceKind Kind)
{
    /// <summary>llama.cpp's <c>ggml_backend_dev_t</c>.</summary>
    internal nint Handle { get; init; }

    /// <summary>Its memory as it is now.</summary>
    public unsafe GpuMemory ReadMemory()
    {
        nuint free, total;
        LlamaNative.ggml_backend_dev_memory(Handle, &free, &total);
        return new GpuMemory(Name, (long)total, (long)free) { IsShared = Kind == LlamaDeviceKind.IntegratedGpu || OperatingSystem.IsMacOS() };
    }
}

/// <summary>What a device is: <c>ggml_backend_dev_type</c> of ggml-backend.h.</summary>
public enum LlamaDeviceKind
{
    /// <summary>The processor, with the machine's memory.</summary>
    Processor,

    /// <summary>A GPU with memory of its own.</summary>
    Gpu,

    /// <summary>A GPU that uses the machine's memory.</summary>
    IntegratedGpu,

    /// <summary>Something that helps the processor, such as a library for matrices.</summary>
    Accelerator,
}
