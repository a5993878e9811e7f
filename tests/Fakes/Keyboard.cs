using System.Threading.Channels;
using PersonalAi.Assistant.Terminal;
using Xunit;

namespace PersonalAi.Tests.Fakes;

/// <summary>A keyboard on which a test types.</summary>
internal sealed class Keyboard : TextReader
{
    private readonly Channel<string> _typed = Channel.CreateUnbounded<string>();
    private readonly Channel<bool> _reads = Channel.CreateUnbounded<bool>();

    public Keyboard() => Lines = new TerminalLines(new ConsoleStreams(() => this, TextWriter.Null, TextWriter.Null));

    public TerminalLines Lines { get; }

    /// <summary>Types a line; null ends the input.</summary>
    public void Type(string? line)
    {
        if (line is null)
        {
            _typed.Writer.TryComplete();
        }
        else
        {
            _typed.Writer.TryWrite(line);
        }
    }

    /// <summary>Returns when so many lines have been read, and the next one is waited for.</summary>
    public async Task ReadAsync(int lines)
    {
        for (var times = 0; times <= lines; times++)
        {
            await _reads.Reader.ReadAsync(TestContext.Current.CancellationToken);
        }
    }

    protected override void Dispose(bool disposing)
    {
        // The thread that reads may still wait on it.
        _typed.Writer.TryComplete();
        base.Dispose(disposing);
    }

    public override string? ReadLine()
    {
        _reads.Writer.TryWrite(true);
        var wait = _typed.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        ((IAsyncResult)wait).AsyncWaitHandle.WaitOne();
        return _typed.Reader.TryRead(out var line) ? line : null;
    }
}
