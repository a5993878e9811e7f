using System.Text;
using PersonalAi.Adapters.Encryption;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Memory;
using PersonalAi.Memory.Encryption;

namespace PersonalAi.Assistant.Encryption;

/// <summary>
/// An export that is encrypted: a line that says so, a line with its key file, so that nothing else is needed but the secret, and what
/// <see cref="EncryptingStream"/> makes of the export.
/// </summary>
/// <param name="File">Where it is.</param>
/// <param name="KeyFile">What must be known beside the secret.</param>
/// <param name="Start">How many bytes come before what is encrypted.</param>
internal sealed record EncryptedExport(string File, KeyFile KeyFile, int Start)
{
    private const string Purpose = "export";
    private const int MostInHeader = 4096;

    private static ReadOnlySpan<byte> Magic => "PAI-EXPORT1\n"u8;

    /// <summary>Writes one, as a whole or not at all; no part of it is ever in a file unencrypted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">The key; its key file goes into the file.</param>
    /// <param name="write">Writes the export.</param>
    public static Task WriteAsync(string path, MemoryKey key, Func<TextWriter, Task> write) => AtomicFile.WriteBytesAsync(path, async file =>
    {
        await file.WriteAsync((byte[])[.. Magic, .. Encoding.UTF8.GetBytes($"{key.File.ToLine()}\n")]);
        await using var encrypted = new EncryptingStream(file, key.Derive(Purpose), leaveOpen: true);
        await using (var writer = new StreamWriter(encrypted, leaveOpen: true))
        {
            await write(writer);
        }

        encrypted.Finish();
    });

    /// <summary>The encrypted export that a file is; null where it is something else.</summary>
    /// <exception cref="MemoryException">It cannot be read; or it begins as one, and its key file cannot be used.</exception>
    public static EncryptedExport? Find(string path)
    {
        var header = Beginning(path).AsSpan();
        if (!header.StartsWith(Magic))
        {
            return null;
        }

        var keyFile = header[Magic.Length..];
        try
        {
            var length = keyFile.IndexOf((byte)'\n');
            return length >= 0
                ? new EncryptedExport(path, KeyFile.Parse(Encoding.UTF8.GetString(keyFile[..length])), Magic.Length + length + 1)
                : throw new FormatException("it does not end");
        }
        catch (FormatException error)
        {
            throw new MemoryException(MemoryError.Invalid, $"Could not read '{path}': the key file in its second line cannot be used ({error.Message}); export it again.", error);
        }
    }

    /// <summary>The key of it.</summary>
    /// <param name="own">The key of the memory here; where the export was made with that, nobody is asked.</param>
    /// <param name="keys">Gets any other.</param>
    /// <param name="cancellationToken">Stops waiting for it.</param>
    /// <exception cref="DeniedException">No passphrase is given, and nobody can be asked; or the keyring does not have the key.</exception>
    /// <exception cref="MemoryException">It is another key.</exception>
    public async Task<MemoryKey> OpenAsync(MemoryKey? own, MemoryKeys keys, CancellationToken cancellationToken = default)
    {
        if (own?.File.Salt == KeyFile.Salt)
        {
            return own;
        }

        try
        {
            return await keys.OpenAsync(KeyFile, $"the export '{File}'", cancellationToken);
        }
        catch (MemoryException error) when (error.Error == MemoryError.WrongKey)
        {
            throw new MemoryException(
                MemoryError.WrongKey, $"That is not the {(KeyFile.Source == KeySource.Passphrase ? "passphrase" : "key")} of the export '{File}'; nothing was imported.", error);
        }
    }

    /// <summary>What was exported.</summary>
    /// <param name="file">The file, which is closed with what is returned.</param>
    /// <param name="key">Its key.</param>
    /// <exception cref="IOException">It was changed or cut off; much of that is found only when it is read.</exception>
    public Stream Decrypt(Stream file, MemoryKey key)
    {
        file.Position = Start;
        try
        {
            return new DecryptingStream(file, key.Derive(Purpose));
        }
        catch (IOException error)
        {
            // The key is the right one: the key file has proven it.
            throw new IOException("It was changed or cut off since it was encrypted; nothing of it is imported.", error);
        }
    }

    private static byte[] Beginning(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[MostInHeader];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MemoryException(MemoryError.Invalid, $"Could not read '{path}': {error.Message}", error);
        }
    }
}
