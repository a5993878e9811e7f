using System.Collections.Immutable;

namespace PersonalAi.Assistant.Bench.Redaction;

/// <summary>A part of a text that people labelled.</summary>
/// <param name="Start">The first character.</param>
/// <param name="Length">How many characters.</param>
/// <param name="Type">The label.</param>
internal sealed record Label(int Start, int Length, string Type);

/// <summary>A text in which all sensitive parts are labelled.</summary>
/// <param name="Text">The text.</param>
/// <param name="Labels">The parts.</param>
internal sealed record LabelledText(string Text, ImmutableArray<Label> Labels);
