using System.CommandLine;
using PersonalAi.Benchmarks.Bandwidth;
using PersonalAi.Benchmarks.Engine;
using PersonalAi.Benchmarks.Generate;
using PersonalAi.Benchmarks.Memories;
using PersonalAi.Benchmarks.Peers;
using PersonalAi.Benchmarks.Soak;

namespace PersonalAi.Benchmarks;

/// <summary>Makes the figures of docs/performance.md.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => new RootCommand("Measures pai, the machine and its peers.")
    {
        new GenerateCommand(),
        new BandwidthCommand(),
        new EngineCommand(),
        new PeersCommand(),
        new SoakCommand(),
        new MemoryScaleCommand(),
    }.Parse(args).InvokeAsync();
}
