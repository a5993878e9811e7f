using System.Collections.Immutable;
using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>A model file, and what this machine makes of it.</summary>
/// <param name="Inspection">What the file says.</param>
/// <param name="Entry">What is known about its bytes.</param>
/// <param name="Template">The name of its chat template; null where it has none.</param>
/// <param name="Needs">For the configured context and, where that is another, for the whole one.</param>
/// <param name="Memory">What this machine has.</param>
internal sealed record InspectedModel(
    ModelInspection Inspection, ModelEntry Entry, string? Template, ImmutableArray<ModelNeeds> Needs, MachineMemory Memory)
{
    /// <summary>What was measured here for models of its kind; null where nothing was.</summary>
    public ModelTuning? Tuning { get; init; }

    /// <summary>Bits that a parameter takes on average.</summary>
    public double BitsPerWeight => Inspection.Parameters > 0 ? Needs[0].WeightBytes * 8.0 / Inspection.Parameters : 0;

    /// <summary>Whether the memory that is available now suffices for the configured context.</summary>
    public bool Fits => Needs[0].TotalBytes <= Memory.Available;
}
