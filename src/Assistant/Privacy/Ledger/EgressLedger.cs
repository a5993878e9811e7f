using System.Text;
using System.Text.Json;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Privacy.Ledger;

/// <summary>
/// The list of all that left this machine. Entries are added, each with the hash of the one before it, and reach the disk before what they
/// tell of leaves. A file beside it keeps the last number and hash, so that an end that was cut off is missed.
/// </summary>
/// <param name="folder">Where it is kept.</param>
/// <param name="time">Tells when.</param>
internal sealed class EgressLedger(DataFolder folder, TimeProvider time)
{
    /// <summary>What the first entry names as the hash before it.</summary>
    public static readonly string Beginning = new('0', 64);

    private const int TailBytes = 64 * 1024;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Adds an entry and waits until it is on the disk.</summary>
    /// <param name="entry">What is to be told; its number, time and hashes are set here.</param>
    /// <param name="cancellationToken">Stops before it is written.</param>
    /// <returns>The entry as it was written.</returns>
    /// <exception cref="LedgerException">It cannot be written.</exception>
    public async Task<LedgerEntry> AppendAsync(LedgerEntry entry, CancellationToken cancellationToken = default)
    {
        try
        {
            DataFolder.Create(folder.Path);
            await using var file = await OpenAsync(cancellationToken);
            var (last, endsCleanly) = await ReadEndAsync(file, cancellationToken);
            var next = entry with { Number = (last?.Number ?? 0) + 1, At = time.GetUtcNow(), Previous = last?.Hash ?? Beginning };
            var (line, hash) = LedgerLine.Write(next);
            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync(Encoding.UTF8.GetBytes($"{(endsCleanly ? "" : "\n")}{line}\n"), cancellationToken);
#pragma warning disable CA1849 // FlushAsync does not reach the disk; only this overload does.
            file.Flush(flushToDisk: true);
#pragma warning restore CA1849
            await AtomicFile.WriteAsync(folder.LedgerHead, JsonSerializer.Serialize(new Head(next.Number, hash)), CancellationToken.None);
            return next with { Hash = hash };
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new LedgerException($"The ledger '{folder.Ledger}' cannot be written ({error.Message.TrimEnd('.')}), and nothing leaves without an entry in it; free space or mend its permissions.", error);
        }
    }

    /// <summary>Looks at every entry, from the first to the last that was ever written.</summary>
    public async Task<LedgerCheck> CheckAsync(CancellationToken cancellationToken = default)
    {
        List<LedgerEntry> entries = [];
        var (torn, place, previous) = (0, 0, Beginning);
        await foreach (var line in LinesAsync(cancellationToken))
        {
            place++;
            if (LedgerLine.Read(line) is not { } entry)
            {
                torn++;
                continue;
            }

            if (entry.Number != entries.Count + 1 || entry.Previous != previous)
            {
                return new LedgerCheck(entries, torn, $"Entry {entries.Count + 1} was changed or removed: line {place} holds entry {entry.Number}, which does not follow what stands before it.");
            }

            entries.Add(entry);
            previous = entry.Hash;
        }

        return new LedgerCheck(entries, torn, FaultOf(await ReadHeadAsync(cancellationToken), entries));
    }

    // A crash may come between an entry and the head that names it, so the head may be one entry behind.
    private string? FaultOf(Head? head, List<LedgerEntry> entries) => (head?.Number ?? 0) switch
    {
        < 1 when entries.Count > 1 => $"The file '{Path.GetFileName(folder.LedgerHead)}', which names the last entry, is missing or damaged.",
        < 1 => null,
        var number when number == entries.Count + 1 => $"Entry {number} is missing at the end, or changed.",
        var number when number > entries.Count => $"Entries {entries.Count + 1} to {number} are missing at the end, or changed.",
        var number when entries[(int)number - 1].Hash != head!.Hash => $"Entry {number} is not the one that was written.",
        _ => null,
    };

    private async IAsyncEnumerable<string> LinesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(folder.Ledger))
        {
            yield break;
        }

        await using var file = await OpenAsync(cancellationToken);
        using var reader = new StreamReader(file, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    private async Task<Head?> ReadHeadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<Head>(await File.ReadAllTextAsync(folder.LedgerHead, cancellationToken));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    // The last whole entry, and whether the file ends after a line; a crash may have cut off the last one.
    private async Task<(LedgerEntry? Last, bool EndsCleanly)> ReadEndAsync(FileStream file, CancellationToken cancellationToken)
    {
        if (file.Length == 0)
        {
            return (null, true);
        }

        file.Seek(-Math.Min(TailBytes, file.Length), SeekOrigin.End);
        var tail = new byte[Math.Min(TailBytes, file.Length)];
        await file.ReadExactlyAsync(tail, cancellationToken);
        var last = Encoding.UTF8.GetString(tail).Split('\n').Reverse().Select(LedgerLine.Read).FirstOrDefault(entry => entry is not null);
        return last is null && file.Length > TailBytes
            ? throw new LedgerException($"The ledger '{folder.Ledger}' is damaged, and nothing leaves without an entry in it; 'pai privacy verify' says where.")
            : (last, tail[^1] == '\n');
    }

    // Several processes share it; each holds it for one line.
    private async Task<FileStream> OpenAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                return new FileStream(folder.Ledger, options);
            }
            catch (IOException error) when (error.HResult is 11 or 35 or unchecked((int)0x80070020) && time.GetElapsedTime(began) < Patience)
            {
                // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
    }

    private sealed record Head(long Number, string Hash);
}
