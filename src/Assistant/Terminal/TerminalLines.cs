using System.Text;
using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace PersonalAi.Assistant.Terminal;

/// <summary>
/// Reads lines from standard input on a thread of its own. On Unix the terminal driver edits the line, so that a screen reader sees
/// what it is used to, nothing moves the cursor, and Ctrl+C clears the line by itself.
/// </summary>
internal sealed class TerminalLines
{
    // What the terminal driver of Linux keeps of one line, without the line break; macOS keeps less and rings the bell.
    private const int LongestTypedLine = 4095;

    private readonly Channel<TypedLine> _lines = Channel.CreateUnbounded<TypedLine>();
    private readonly bool _isTerminal;

    /// <param name="input">Opens the text; called on the reading thread.</param>
    /// <param name="isTerminal">Whether a person types it.</param>
    public TerminalLines(Func<TextReader> input, bool isTerminal)
    {
        _isTerminal = isTerminal;
        new Thread(() => Read(input)) { IsBackground = true, Name = "input" }.Start();
    }

    /// <summary>The lines as they come; completes at the end of input.</summary>
    public ChannelReader<TypedLine> Lines => _lines.Reader;

    /// <summary>Standard input as the operating system gives it.</summary>
    public static TextReader OpenStandardInput() => OperatingSystem.IsWindows()
        ? Console.In
        : new StreamReader(new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0), Encoding.UTF8);

    private void Read(Func<TextReader> input)
    {
        try
        {
            var reader = input();
            while (reader.ReadLine() is { } line)
            {
                var isCut = _isTerminal && !OperatingSystem.IsWindows() && Encoding.UTF8.GetByteCount(line) >= LongestTypedLine;
                _lines.Writer.TryWrite(new TypedLine(line, isCut));
            }

            _lines.Writer.TryComplete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            _lines.Writer.TryComplete(error);
        }
    }
}

/// <summary>A line that was typed or piped in.</summary>
/// <param name="Text">The line without its break.</param>
/// <param name="IsCut">Whether the terminal may have dropped its end, because it was too long for it.</param>
internal readonly record struct TypedLine(string Text, bool IsCut);
