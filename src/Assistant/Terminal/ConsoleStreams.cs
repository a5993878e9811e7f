namespace PersonalAi.Assistant.Terminal;

/// <summary>The three standard streams, and which of them a person sits at.</summary>
/// <param name="OpenInput">Standard input, opened only when it is needed: on a terminal that changes the terminal's settings.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ConsoleStreams(Func<TextReader> OpenInput, TextWriter Output, TextWriter Error)
{
    public TextReader Input => OpenInput();

    public bool InputIsTerminal { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public static ConsoleStreams OfThisProcess() => new(() => Console.In, Console.Out, Console.Error)
    {
        InputIsTerminal = !Console.IsInputRedirected,
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
    };
}
