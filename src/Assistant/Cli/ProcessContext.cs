using System.Text;
using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Cli;

/// <summary>What the operating system gives to one run of pai: streams, environment variables, signals and the clock.</summary>
internal sealed record ProcessContext(ConsoleStreams Console, Func<string, string?> Environment, Interrupts Interrupts) : IDisposable
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static ProcessContext OfThisProcess()
    {
        if (OperatingSystem.IsWindows())
        {
            System.Console.OutputEncoding = Encoding.UTF8;
        }

        return new ProcessContext(ConsoleStreams.OfThisProcess(), System.Environment.GetEnvironmentVariable, Interrupts.OfThisProcess());
    }

    public void Dispose() => Interrupts.Dispose();
}
