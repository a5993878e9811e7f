using System.Collections.Immutable;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Tools;

/// <summary>Which tools a run may use, and what it is allowed in advance.</summary>
internal sealed record ToolChoice
{
    /// <summary>Every tool, by the rules that are configured.</summary>
    public static readonly ToolChoice Usual = new();

    /// <summary>The tools; null for all that there are.</summary>
    public ImmutableArray<string>? Names { get; init; }

    /// <summary>Rules for this run, besides those that are configured.</summary>
    public ImmutableArray<ToolRule> Rules { get; init; } = [];

    /// <summary>Whether the model is to have none.</summary>
    public bool IsNone => Names is { Length: 0 };
}
