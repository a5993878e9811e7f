namespace PersonalAi.Adapters.Llama.Batching;

/// <summary>Tells how many prompt tokens a step may take while others wait for their next token: what half a second evaluates.</summary>
/// <param name="batchSize">The most tokens in a batch.</param>
internal sealed class PrefillPace(int batchSize)
{
    private const double StepSeconds = 0.5;
    private const int Least = 16;

    /// <summary>So many tokens; an even guess until something was measured.</summary>
    public int Tokens { get; private set; } = Math.Min(64, batchSize);

    /// <summary>Takes note of how long a batch took.</summary>
    public void Observe(int tokens, TimeSpan time)
    {
        // A short batch reads all weights for few tokens, so it tells nothing about a long one.
        if (tokens >= Least && time > TimeSpan.Zero)
        {
            Tokens = (int)Math.Clamp(tokens / time.TotalSeconds * StepSeconds, Math.Min(Least, batchSize), batchSize);
        }
    }
}
