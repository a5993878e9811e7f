using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace PersonalAi.Benchmarks.Peers;

/// <summary>Runs a program that prints JSON.</summary>
internal static class PeerProcess
{
    /// <param name="start">The program and its arguments.</param>
    /// <param name="cancellationToken">Ends the program too.</param>
    /// <exception cref="PeerException">It cannot be started, fails, or prints no JSON.</exception>
    public static async Task<JsonElement> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Start(start);
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? Parse(start.FileName, output)
                : throw new PeerException($"'{start.FileName}' ended with {process.ExitCode}: {(await error).Trim()}");
        }
        finally
        {
            // Only where it was cancelled is there still something to end.
            process.Kill(entireProcessTree: true);
        }
    }

    /// <exception cref="PeerException">It cannot be started.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new PeerException($"'{start.FileName}' could not be started ({e.Message}): check the path.", e);
        }
    }

    private static JsonElement Parse(string program, string output)
    {
        try
        {
            return JsonElement.Parse(output);
        }
        catch (JsonException e)
        {
            throw new PeerException($"'{program}' printed no JSON but '{output.Trim()}'.", e);
        }
    }
}
