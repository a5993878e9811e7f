using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace PersonalAi.Tools.Sandbox;

/// <summary>Runs a command to its end or to its limits, and leaves no process of it behind.</summary>
internal static class CommandProcess
{
    /// <summary>What came of the command.</summary>
    /// <exception cref="ToolException">It could not be started.</exception>
    public static async Task<CommandResult> RunAsync(IReadOnlyList<string> command, string folder, CommandLimits limits, CancellationToken cancellationToken = default)
    {
        using var process = new Process { StartInfo = StartOf(command, folder) };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = await StartAsync(process);
        process.StandardInput.Close();
        deadline.CancelAfter(limits.Time);

        var output = new StringBuilder();
        var errors = new StringBuilder();
        string? stopped = null;
        try
        {
            await Task.WhenAll(ReadAsync(process.StandardOutput, output, limits.Output, deadline), ReadAsync(process.StandardError, errors, limits.Output, deadline));
            await ended.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            stopped = Math.Max(output.Length, errors.Length) >= limits.Output
                ? $"it wrote more than {limits.Output} characters"
                : $"it did not end within {limits.Time.TotalSeconds:0.###} seconds";
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            await ended;
        }

        return new CommandResult(stopped is null ? process.ExitCode : -1, output.ToString(), errors.ToString(), stopped);
    }

    // bubblewrap dies with the thread that started it: one of the pool might end before the command does. Gives the task that
    // ends with the process.
    private static async Task<Task> StartAsync(Process process)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => StartAndWait(process, started, ended)) { IsBackground = true, Name = "command" }.Start();
        await started.Task;
        return ended.Task;
    }

    private static void StartAndWait(Process process, TaskCompletionSource started, TaskCompletionSource ended)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            started.SetException(new ToolException($"'{process.StartInfo.FileName}' could not be started: {error.Message.TrimEnd('.')}.", error));
            return;
        }

        started.SetResult();
        process.WaitForExit();
        ended.SetResult();
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder text, int most, CancellationTokenSource deadline)
    {
        var buffer = new char[1 << 12];
        while (await reader.ReadAsync(buffer, deadline.Token) is > 0 and var read)
        {
            text.Append(buffer, 0, Math.Min(read, most - text.Length));
            if (text.Length >= most)
            {
                await deadline.CancelAsync();
            }
        }
    }

    private static ProcessStartInfo StartOf(IReadOnlyList<string> command, string folder)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = folder,
        };
        start.Environment.Clear();
        foreach (var (name, value) in CommandPath.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}

/// <summary>What came of a command.</summary>
/// <param name="ExitCode">As the command gave it; -1 where it was stopped.</param>
/// <param name="Output">What it wrote to its standard output.</param>
/// <param name="Errors">What it wrote to its standard error.</param>
/// <param name="Stopped">Why it was stopped, as a clause; null where it ended by itself.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Errors, string? Stopped);
