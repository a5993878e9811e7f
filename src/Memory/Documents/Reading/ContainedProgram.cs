using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Runs a program of poppler over a file that may be hostile: no shell, no file name, no environment, no network where the system can take it away, and limits of time, memory and output.</summary>
internal sealed class ContainedProgram(ReadingOptions options)
{
    private const string Package = "poppler-utils";

    private bool? _canContain;

    /// <summary>What the program writes when it reads the file from its standard input.</summary>
    /// <exception cref="MemoryException">It is not installed, or fails, or passes a limit.</exception>
    public async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, SourceFile file, CancellationToken cancellationToken = default)
    {
        var path = Find(program) ?? throw new MemoryException(
            MemoryError.ProgramMissing, $"Could not read '{file.Name}': '{program}' was not found; install {Package} (Debian, Ubuntu, Fedora) or poppler (Homebrew).");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.PdfTimeout);
        try
        {
            string[] command = [.. await ContainmentAsync(deadline.Token), path, .. arguments];
            (var exitCode, var output, var errors) = await RunAsync(command, file.Content, deadline.Token);
            return exitCode == 0 ? output : throw Unreadable.Because(file.Name, $"{program} could not read it ({Reason(errors, exitCode)})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreadable.Because(file.Name, $"{program} did not end within {options.PdfTimeout.TotalSeconds:N0} seconds");
        }
        catch (InvalidDataException error)
        {
            throw Unreadable.Because(file.Name, $"it holds more than {Unreadable.Bytes(options.MaxUnpackedBytes)} of text", error);
        }
    }

    private static string Reason(string errors, int exitCode) =>
        errors.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0)?.TrimEnd('.') ?? $"exit code {exitCode}";

    private string? Find(string program)
    {
        var name = OperatingSystem.IsWindows() ? $"{program}.exe" : program;
        var folders = options.PopplerFolder is { } folder ? [folder] : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Where(Path.IsPathFullyQualified).Select(each => Path.Combine(each, name)).FirstOrDefault(File.Exists);
    }

    // Not every system lets a user take the network away from a process; it is tried once.
    private async Task<string[]> ContainmentAsync(CancellationToken cancellationToken)
    {
        string[] containment = ["/usr/bin/unshare", "-rn", "/usr/bin/prlimit", $"--as={4L << 30}", "--core=0"];
        _canContain ??= OperatingSystem.IsLinux() && File.Exists(containment[0]) && File.Exists(containment[2])
            && (await RunAsync([.. containment, "/bin/true"], default, cancellationToken)).ExitCode == 0;
        return _canContain.Value ? containment : [];
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] command, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        using var process = Start(command);
        try
        {
            var writing = WriteAsync(process, input, cancellationToken);
            var errors = ReadAsync(process.StandardError, 1 << 16, cancellationToken);
            var output = await ReadAsync(process.StandardOutput, options.MaxUnpackedBytes, cancellationToken);
            await writing;
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Start(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetPathRoot(Path.GetTempPath()),
        };
        if (!OperatingSystem.IsWindows())
        {
            start.Environment.Clear();
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new MemoryException(MemoryError.ProgramMissing, $"Could not start '{command[0]}': {error.Message.TrimEnd('.')}.", error);
        }
    }

    private static async Task WriteAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A program that has seen enough closes its end; its exit code tells.
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, long mostCharacters, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[1 << 14];
        while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            text.Append(buffer, 0, read);
            if (text.Length > mostCharacters)
            {
                throw new InvalidDataException("The program wrote too much.");
            }
        }

        return text.ToString();
    }
}
