using System.Globalization;
using PersonalAi.Adapters.Llama.Evaluation;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli.Eval;

/// <summary>Shows on a terminal how far an evaluation is, what it comes to so far, and how long it will take; elsewhere nothing.</summary>
/// <param name="console">Its standard error shows it.</param>
/// <param name="time">Measures the rate.</param>
internal sealed class PerplexityDisplay(ConsoleStreams console, TimeProvider time) : IProgress<PerplexityProgress>, IDisposable
{
    private readonly long _started = time.GetTimestamp();
    private int _width;

    public void Report(PerplexityProgress value)
    {
        var left = time.GetElapsedTime(_started) / value.Chunk * (value.Chunks - value.Chunk);
        Rewrite(string.Create(
            CultureInfo.InvariantCulture, $"Chunk {value.Chunk} of {value.Chunks}: PPL {value.Perplexity:0.0000} so far, {Quantity.Duration(left)} left"));
    }

    /// <summary>Takes the line away: the result stands in its place.</summary>
    public void Dispose()
    {
        if (_width > 0)
        {
            Rewrite("");
            console.Error.Write('\r');
        }
    }

    private void Rewrite(string line)
    {
        if (console.ErrorIsTerminal)
        {
            console.Error.Write($"\r{line.PadRight(_width)}");
            _width = line.Length;
        }
    }
}
