using PersonalAi.Assistant.Terminal;
using Xunit;

namespace PersonalAi.Tests.Assistant.Terminal;

public sealed class ProgressDisplayTests : IDisposable
{
    private readonly StringWriter _error = new();
    private readonly SteppedTime _time = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public void In_a_pipe_there_is_a_first_and_a_last_line()
    {
        using (var progress = Start(isTerminal: false))
        {
            _time.Pass(seconds: 2);
            progress.Report(1_000_000);
            progress.Report(4_000_000);
        }

        Assert.Equal("Copying (4.0 MB) ...\nCopying: 4.0 MB in 2.0 s\n", Written());
    }

    [Fact]
    public void On_a_terminal_one_line_is_rewritten_with_rate_and_time_left()
    {
        using (var progress = Start(isTerminal: true))
        {
            _time.Pass(seconds: 2);
            progress.Report(1_000_000);
            progress.Report(1_000_001);
            _time.Pass(seconds: 2);
            progress.Report(4_000_000);
        }

        var lines = Written().Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
        [
            "Copying [........................] 0 %",
            "Copying [######..................] 25 %  500.0 kB/s  6.0 s left",
            "Copying [########################] 100 %  1.0 MB/s  0.0 s left",
            "Copying: 4.0 MB in 4.0 s",
        ], lines.Select(line => line.TrimEnd()));
        Assert.True(lines[^1].TrimEnd('\n').Length >= lines[^2].TrimEnd().Length, "The last line covers what stood there.");
    }

    [Fact]
    public void Work_that_stops_early_says_how_far_it_came()
    {
        using (var progress = Start(isTerminal: false))
        {
            progress.Report(1_500_000);
        }

        Assert.Equal("Copying (4.0 MB) ...\nCopying: stopped at 1.5 MB of 4.0 MB\n", Written());
    }

    private ProgressDisplay Start(bool isTerminal) =>
        new(new ConsoleStreams(() => TextReader.Null, TextWriter.Null, _error) { ErrorIsTerminal = isTerminal }, "Copying", 4_000_000, _time);

    private string Written() => _error.ToString().Replace(Environment.NewLine, "\n", StringComparison.Ordinal);

    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(int seconds) => _ticks += seconds * TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;
    }
}
