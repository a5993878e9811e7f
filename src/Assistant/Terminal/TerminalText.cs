using System.Text;

namespace PersonalAi.Assistant.Terminal;

/// <summary>
/// Makes text from a model safe to print: without escape sequences, control characters and overrides of the writing
/// direction, which could hide text, forge a prompt or reach the clipboard. Pieces may split a sequence anywhere.
/// </summary>
/// <remarks>The grammar is that of ECMA-48 sections 5.4 (control sequences) and 5.6 (control strings).</remarks>
internal sealed class TerminalText
{
    private const char Escape = '\u001b';
    private const char Bell = '\u0007';
    private const char StringTerminator = '\u009c';

    private State _state;

    private enum State
    {
        Text,
        AfterEscape,
        ControlSequence,
        ControlString,
        ControlStringAfterEscape,
    }

    /// <summary>The safe form of a whole text.</summary>
    public static string Sanitize(string text) => new TerminalText().Next(text);

    /// <summary>The safe form of a whole text, in one line.</summary>
    public static string OneLine(string text) => string.Join(' ', Sanitize(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether a character, by itself, does nothing to a terminal but be seen.</summary>
    public static bool IsHarmless(char c) => c switch
    {
        '\n' or '\t' => true,
        < ' ' or (>= '\u007f' and <= '\u009f') => false,
        (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => false,
        _ => true,
    };

    /// <summary>The safe form of the next piece of a stream.</summary>
    public string Next(ReadOnlySpan<char> piece)
    {
        var safe = new StringBuilder(piece.Length);
        foreach (var c in piece)
        {
            if (Keeps(c))
            {
                safe.Append(c);
            }
        }

        return safe.ToString();
    }

    private bool Keeps(char c)
    {
        switch (_state)
        {
            case State.AfterEscape when c is >= ' ' and <= '/':
                return false;
            case State.AfterEscape when c is >= '0' and <= '~':
                _state = Introduced(c);
                return false;
            case State.ControlSequence when c is >= ' ' and <= '?':
                return false;
            case State.ControlSequence when c is >= '@' and <= '~':
                _state = State.Text;
                return false;
            case State.ControlStringAfterEscape when c == '\\':
            case State.ControlString or State.ControlStringAfterEscape when c is Bell or StringTerminator:
                _state = State.Text;
                return false;
            // A line break ends a string that was never closed: it must not swallow the rest of the answer.
            case State.ControlString or State.ControlStringAfterEscape when c != '\n':
                _state = c == Escape ? State.ControlStringAfterEscape : State.ControlString;
                return false;
            default:
                _state = Started(c);
                return _state == State.Text && IsHarmless(c);
        }
    }

    private static State Introduced(char c) => c switch
    {
        '[' => State.ControlSequence,
        ']' or 'P' or 'X' or '^' or '_' => State.ControlString,
        _ => State.Text,
    };

    private static State Started(char c) => c switch
    {
        Escape => State.AfterEscape,
        '\u009b' => State.ControlSequence,
        '\u009d' or '\u0090' or '\u0098' or '\u009e' or '\u009f' => State.ControlString,
        _ => State.Text,
    };
}
