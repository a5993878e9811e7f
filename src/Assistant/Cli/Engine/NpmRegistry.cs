using System.ComponentModel;
using System.Diagnostics;

namespace PersonalAi.Assistant.Cli.Engine;

/// <summary>The npm registry that the user's own npm is set up for.</summary>
internal static class NpmRegistry
{
    /// <summary>Asks npm, which set this program up, for its registry.</summary>
    /// <exception cref="UsageException">There is no npm, or it names none.</exception>
    public static async Task<string> AskAsync(CancellationToken cancellationToken = default)
    {
        var windows = OperatingSystem.IsWindows();
        var start = new ProcessStartInfo(windows ? "cmd" : "npm", windows ? ["/c", "npm", "config", "get", "registry"] : ["config", "get", "registry"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var npm = Process.Start(start)!;
            var registry = (await npm.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
            await npm.WaitForExitAsync(cancellationToken);
            return Uri.TryCreate(registry, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? registry : throw Unknown();
        }
        catch (Win32Exception)
        {
            throw Unknown();
        }

        static UsageException Unknown() => new(
            "No npm says which registry to fetch engines from: set it with 'pai config set engine.registry ADDRESS', or give the package with --from.");
    }
}
