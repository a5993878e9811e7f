using System.ComponentModel;
using System.Diagnostics;
using PersonalAi.Memory.Encryption;

namespace PersonalAi.Assistant.Encryption;

/// <summary>
/// The keyring of the desktop session: the Secret Service by <c>secret-tool</c> on Linux, the keychain by <c>security</c> on macOS. There is
/// none for Windows, where no SQLite that can encrypt is built.
/// </summary>
internal static class Keyring
{
    private const string Service = "pai";

    /// <summary>Keeps a secret of the memory.</summary>
    /// <param name="name">What it is found by.</param>
    /// <param name="secret">The secret, which no command line carries, since other users can read those.</param>
    /// <param name="cancellationToken">Stops waiting for the keyring.</param>
    /// <exception cref="DeniedException">There is no keyring, or it refused.</exception>
    public static Task StoreAsync(string name, ReadOnlyMemory<byte> secret, CancellationToken cancellationToken = default) =>
        StoreAsync(name, "Key of pai's memory", secret, cancellationToken);

    /// <summary>Keeps any secret.</summary>
    /// <param name="name">What it is found by: letters, digits and hyphens.</param>
    /// <param name="label">What a person finds it by.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="cancellationToken">Stops waiting for the keyring.</param>
    /// <exception cref="DeniedException">There is no keyring, or it refused.</exception>
    public static async Task StoreAsync(string name, string label, ReadOnlyMemory<byte> secret, CancellationToken cancellationToken = default)
    {
        var text = Convert.ToHexStringLower(secret.Span);
        _ = OperatingSystem.IsMacOS()
            ? await RunAsync("security", ["-i"], $"add-generic-password -U -s {Service} -a {name} -w {text}\n", cancellationToken)
            : await RunAsync("secret-tool", ["store", "--label", label, "application", Service, "key", name], text, cancellationToken);
    }

    /// <summary>Reads a secret of the memory back.</summary>
    /// <exception cref="DeniedException">There is no keyring, it refused, or it does not have the secret.</exception>
    public static async Task<byte[]> ReadAsync(string name, CancellationToken cancellationToken = default) =>
        await LookUpAsync(name, cancellationToken) is { Length: MemoryKey.Length } key
            ? key
            : throw new DeniedException($"The keyring does not have the key '{name}' of this memory; unlock the keyring in which it was made.");

    /// <summary>Reads any secret back; null where there is no keyring, or it does not have it.</summary>
    public static async Task<byte[]?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            return await LookUpAsync(name, cancellationToken);
        }
        catch (DeniedException)
        {
            // What is not there is refused like what is locked away.
            return null;
        }
    }

    /// <summary>Forgets a secret; nothing happens where there is none, or no keyring.</summary>
    public static async Task RemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        try
        {
            _ = OperatingSystem.IsMacOS()
                ? await RunAsync("security", ["delete-generic-password", "-s", Service, "-a", name], "", cancellationToken)
                : await RunAsync("secret-tool", ["clear", "application", Service, "key", name], "", cancellationToken);
        }
        catch (DeniedException)
        {
            // As in FindAsync.
        }
    }

    // Secrets are kept as hexadecimal digits, which need no quotes anywhere.
    private static async Task<byte[]?> LookUpAsync(string name, CancellationToken cancellationToken)
    {
        var text = OperatingSystem.IsMacOS()
            ? await RunAsync("security", ["find-generic-password", "-s", Service, "-a", name, "-w"], "", cancellationToken)
            : await RunAsync("secret-tool", ["lookup", "application", Service, "key", name], "", cancellationToken);
        return text.Trim() is { Length: > 0 } digits && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            // A keyring may wait for somebody to unlock it; it must not do so for longer than pai.
            await using var stop = cancellationToken.Register(() => process.Kill());
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? output
                : throw new DeniedException($"The keyring refused ('{program}' said: {(await error).Trim().TrimEnd('.')}); unlock it, or use a passphrase.");
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            throw new DeniedException($"There is no keyring here, since '{program}' cannot be run; install it, or use a passphrase.");
        }
    }
}
