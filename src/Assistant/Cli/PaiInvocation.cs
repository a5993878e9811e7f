using System.CommandLine;

namespace PersonalAi.Assistant.Cli;

/// <summary>Carries the services of a run to the command that was chosen.</summary>
internal sealed class PaiInvocation : InvocationConfiguration
{
    public PaiInvocation(Composition composition)
    {
        Composition = composition;
        Output = composition.Console.Output;
        Error = composition.Console.Error;
        EnableDefaultExceptionHandler = false;
        // Interrupts watches the signals; the library's own handling would end a chat at the first Ctrl+C.
        ProcessTerminationTimeout = null;
    }

    public Composition Composition { get; }

    /// <summary>Whether a person may be asked, where one sits at the terminal; in a chat the terminal is read for messages.</summary>
    public bool MayAsk { get; init; } = true;
}
