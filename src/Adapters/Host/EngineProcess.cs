using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace PersonalAi.Adapters.Host;

/// <summary>An engine process that was just started; it outlives whoever started it.</summary>
internal sealed class EngineProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _complaints;

    private EngineProcess(Process process)
    {
        _process = process;
        _complaints = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Whether it has ended again.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts it, with none of this process's streams and variables but those it is given.</summary>
    /// <exception cref="ModelException">The system could not start it.</exception>
    public static EngineProcess Start(EngineLaunch launch, string folder)
    {
        var start = new ProcessStartInfo(launch.File, launch.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
            WorkingDirectory = folder,
        };
        start.Environment.Clear();
        foreach (var (name, value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return new EngineProcess(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new ModelException(ModelError.EngineMissing, $"The engine process '{launch.File}' could not be started ({e.Message}): build the project again.", e);
        }
    }

    /// <summary>Throws what it ended with, unless it ended because another one was there already.</summary>
    /// <exception cref="ModelException">It failed to start.</exception>
    public async Task RefuseFailureAsync()
    {
        if (_process.ExitCode != 0)
        {
            var last = (await _complaints).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
            var reason = last?.TrimEnd('.') ?? "exit code " + _process.ExitCode.ToString(CultureInfo.InvariantCulture);
            throw new ModelException(ModelError.Failed, $"The engine process could not start: {reason}.");
        }
    }

    public void Dispose() => _process.Dispose();
}
