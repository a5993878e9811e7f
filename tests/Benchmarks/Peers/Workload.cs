namespace PersonalAi.Benchmarks.Peers;

/// <summary>What every program is asked to do.</summary>
/// <param name="Model">The full path of the model file.</param>
/// <param name="Threads">Threads that compute.</param>
/// <param name="Prompt">Tokens of the prompt.</param>
/// <param name="Generated">Tokens to generate.</param>
internal sealed record Workload(string Model, int Threads, int Prompt, int Generated);
