using System.Collections.Immutable;

namespace PersonalAi.Adapters.Models;

/// <summary>Where a tensor lies in a safetensors file.</summary>
/// <param name="Name">As the file names it.</param>
/// <param name="Type">The type as the file writes it, e.g. <c>F16</c>.</param>
/// <param name="Shape">Extents in PyTorch's order: the contiguous one last.</param>
/// <param name="Offset">First byte, counted from the beginning of the file.</param>
/// <param name="Bytes">Length in the file.</param>
internal sealed record SafetensorsTensor(string Name, string Type, ImmutableArray<long> Shape, long Offset, long Bytes);
