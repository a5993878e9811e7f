namespace PersonalAi.Benchmarks.Peers;

/// <summary>What one program measured of one model, in tokens per second.</summary>
/// <param name="Prompt">Evaluation of the prompt.</param>
/// <param name="Generation">Generation from an empty context.</param>
internal readonly record struct SpeedFigures(double Prompt, double Generation);
