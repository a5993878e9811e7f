using System.CommandLine;
using PersonalAi.Assistant.Cli;

namespace PersonalAi.Benchmarks.Bandwidth;

/// <summary>Measures how fast this machine's memory can be read.</summary>
internal sealed class BandwidthCommand : Command
{
    private readonly Option<int> _threads = new("--threads") { Description = "Threads that read", DefaultValueFactory = _ => Environment.ProcessorCount };

    private readonly Option<int> _megabytes = new("--megabytes") { Description = "How much they read together", DefaultValueFactory = _ => 2048 };

    private readonly Option<int> _runs = new("--runs") { Description = "How often to measure", DefaultValueFactory = _ => 15 };

    private readonly JsonOption _json = new();

    public BandwidthCommand() : base("bandwidth", "Measure how fast this machine's memory can be read.")
    {
        foreach (var option in new Option[] { _threads, _megabytes, _runs, _json })
        {
            Add(option);
        }

        SetAction(arguments =>
        {
            var threads = arguments.GetValue(_threads);
            var figure = MemoryBandwidth.Measure(threads, arguments.GetValue(_megabytes) * 1_000_000L, arguments.GetValue(_runs));
            Figure.Write(new { threads, bytes = arguments.GetValue(_megabytes) * 1_000_000L }, [figure], arguments.GetValue(_json));
        });
    }
}
