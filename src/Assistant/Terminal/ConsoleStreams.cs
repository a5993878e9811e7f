using System.Text;

namespace PersonalAi.Assistant.Terminal;

/// <summary>The three standard streams, and which of them a person sits at.</summary>
/// <param name="OpenInput">Standard input, opened only when it is needed: on a terminal that changes the terminal's settings.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ConsoleStreams(Func<TextReader> OpenInput, TextWriter Output, TextWriter Error)
{
    public TextReader Input => OpenInput();

    /// <summary>Reads a line that is not shown while it is typed; null at the end of input.</summary>
    public Func<string?> ReadSecret { get => field ?? Input.ReadLine; init; }

    public bool InputIsTerminal { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public static ConsoleStreams OfThisProcess() => new(() => Console.In, Console.Out, Console.Error)
    {
        ReadSecret = ReadUnseen,
        InputIsTerminal = !Console.IsInputRedirected,
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
    };

    private static string? ReadUnseen()
    {
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(typed.Length - 1, 0);
            }
            else if (key is { Modifiers: ConsoleModifiers.Control, Key: ConsoleKey.U })
            {
                typed.Clear();
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        return typed.ToString();
    }
}
