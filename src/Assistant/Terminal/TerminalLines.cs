using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace PersonalAi.Assistant.Terminal;

/// <summary>
/// Reads lines from standard input on a thread of its own. On Unix the terminal driver edits the line, so that a screen reader sees
/// what it is used to, nothing moves the cursor, and Ctrl+C clears the line by itself.
/// </summary>
internal sealed partial class TerminalLines
{
    // What Linux's terminal driver keeps of one line, the line break not counted; macOS keeps less, and rings the bell beyond it.
    private const int LongestTypedLine = 4095;

    private readonly Channel<TypedLine> _lines = Channel.CreateUnbounded<TypedLine>();
    private readonly bool _mayCut;

    /// <param name="console">Its standard input is read.</param>
    public TerminalLines(ConsoleStreams console)
    {
        _mayCut = console.InputIsTerminal && !OperatingSystem.IsWindows();
        var open = _mayCut ? OpenStandardInput : console.OpenInput;
        new Thread(() => Read(open)) { IsBackground = true, Name = "input" }.Start();
    }

    /// <summary>The next line, or null at the end of input.</summary>
    public async Task<TypedLine?> NextAsync(CancellationToken cancellationToken = default) =>
        await _lines.Reader.WaitToReadAsync(cancellationToken) && _lines.Reader.TryRead(out var line) ? line : null;

    /// <summary>Asks a question; only what is typed after it is an answer.</summary>
    /// <param name="output">Where the question goes.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The answer without blanks around it; empty where there is none, or not all of it.</returns>
    public async Task<string> AskAsync(TextWriter output, string question, CancellationToken cancellationToken = default)
    {
        await output.WriteAsync(question.AsMemory(), cancellationToken);
        await output.FlushAsync(cancellationToken);
        DiscardTyped();
        return await NextAsync(cancellationToken) is { Kind: TypedLineKind.Whole, Text: var answer } ? answer.Trim() : "";
    }

    /// <summary>Puts an interruption between the lines.</summary>
    public void Interrupt() => _lines.Writer.TryWrite(new TypedLine("", TypedLineKind.Interruption));

    /// <summary>Forgets what was typed and not yet read, the line that is being typed included.</summary>
    public void DiscardTyped()
    {
        if (_mayCut)
        {
            _ = tcflush(0, OperatingSystem.IsMacOS() ? 1 : 0);
        }

        while (_lines.Reader.TryRead(out _))
        {
        }
    }

    // Not Console.In: on a terminal .NET would edit the line itself, with cursor movements.
    private static StreamReader OpenStandardInput() =>
        new(new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0), Encoding.UTF8);

    private void Read(Func<TextReader> open)
    {
        try
        {
            var reader = open();
            while (reader.ReadLine() is { } line)
            {
                var isCut = _mayCut && Encoding.UTF8.GetByteCount(line) >= LongestTypedLine;
                _lines.Writer.TryWrite(new TypedLine(line, isCut ? TypedLineKind.Cut : TypedLineKind.Whole));
            }

            _lines.Writer.TryComplete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            _lines.Writer.TryComplete(error);
        }
    }

    // termios.h: TCIFLUSH, what was received and not read, is 0 on Linux and 1 on macOS.
    [LibraryImport("libc")]
    private static partial int tcflush(int descriptor, int queue);
}

/// <summary>A line that was typed or piped in.</summary>
/// <param name="Text">The line without its break.</param>
/// <param name="Kind">Whether it is all that was typed.</param>
internal readonly record struct TypedLine(string Text, TypedLineKind Kind);

/// <summary>What became of a line.</summary>
internal enum TypedLineKind
{
    /// <summary>It is all there.</summary>
    Whole,

    /// <summary>It is as long as the terminal allows, so its end may be missing.</summary>
    Cut,

    /// <summary>Ctrl+C came in place of a line.</summary>
    Interruption,
}
