namespace PersonalAi.Assistant.Terminal;

/// <summary>The three standard streams, and which of them a person sits at.</summary>
/// <param name="OpenInput">Standard input, opened only when it is needed: on a terminal that changes the terminal's settings.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ConsoleStreams(Func<TextReader> OpenInput, TextWriter Output, TextWriter Error)
{
    public TextReader Input => OpenInput();

    /// <summary>Reads a line that is not shown while it is typed; null at the end of input.</summary>
    public Func<CancellationToken, Task<string?>> ReadSecretAsync
    {
        get => field ?? (cancellationToken => Task.Run(Input.ReadLine, cancellationToken).WaitAsync(cancellationToken));
        init;
    }

    public bool InputIsTerminal { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public static ConsoleStreams OfThisProcess()
    {
        var streams = new ConsoleStreams(() => Console.In, Console.Out, Console.Error)
        {
            InputIsTerminal = !Console.IsInputRedirected,
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
        };

        // On Windows nothing is encrypted, so no secret is asked for.
        return OperatingSystem.IsWindows() ? streams : streams with { ReadSecretAsync = HiddenInput.ReadLineAsync };
    }
}
