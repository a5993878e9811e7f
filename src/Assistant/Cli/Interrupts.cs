using System.Runtime.InteropServices;

namespace PersonalAi.Assistant.Cli;

/// <summary>Turns Ctrl+C, SIGTERM and the closing of the terminal into cancellation, and lets a chat take Ctrl+C for itself.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private volatile Action? _intercept;

    /// <summary>Cancelled when the program is asked to end.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public static Interrupts OfThisProcess()
    {
        var interrupts = new Interrupts();
        interrupts._registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = interrupts.Interrupt()));
        interrupts._registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = interrupts.Stop()));
        interrupts._registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = interrupts.Stop()));
        return interrupts;
    }

    /// <summary>Gives every Ctrl+C to <paramref name="onInterrupt"/> until the result is disposed; SIGTERM and SIGHUP still end the program.</summary>
    public IDisposable Intercept(Action onInterrupt)
    {
        _intercept = onInterrupt;
        return new Interception(this);
    }

    /// <summary>What a Ctrl+C does; false when the operating system should end the process at once.</summary>
    public bool Interrupt()
    {
        if (_intercept is { } onInterrupt)
        {
            onInterrupt();
            return true;
        }

        return Stop();
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stopping.Dispose();
    }

    // A second request, while the first is still being obeyed, is left to the operating system.
    private bool Stop()
    {
        if (_stopping.IsCancellationRequested)
        {
            return false;
        }

        _stopping.Cancel();
        return true;
    }

    private sealed class Interception(Interrupts owner) : IDisposable
    {
        public void Dispose() => owner._intercept = null;
    }
}
