using System.Collections.Immutable;
using System.Text;
using PersonalAi.Adapters.Frontier;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Encryption;

namespace PersonalAi.Assistant.Frontier;

/// <summary>Keys of servers: read from the environment, a file or the keyring, kept in the keyring or a file, and shown nowhere.</summary>
/// <param name="folder">The folder of the files.</param>
/// <param name="environment">The environment variables.</param>
/// <param name="time">The clock of waiting for the keyring.</param>
internal sealed class FrontierKeys(string folder, Func<string, string?> environment, TimeProvider time)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Long enough to type a passphrase into the keyring's own window.
    private static readonly TimeSpan KeyringLimit = TimeSpan.FromSeconds(30);

    /// <summary>The key for a destination; null where it asks for none.</summary>
    /// <exception cref="DeniedException">There is none, it cannot be used, or others can read it.</exception>
    public async Task<FrontierKey?> ReadAsync(FrontierDestination destination, CancellationToken cancellationToken = default)
    {
        if (!destination.NeedsKey)
        {
            return null;
        }

        var name = destination.Endpoint.Name;
        return (await FindAsync(name, cancellationToken))?.Key
            ?? throw new DeniedException($"There is no key for '{name}'; give one with 'pai frontier key {name}', or in {Variables(name)[0]}.");
    }

    /// <summary>Where the key of a server comes from; null where there is none.</summary>
    /// <exception cref="DeniedException">There is one that cannot be used, or that others can read.</exception>
    public async Task<KeyPlace?> LocateAsync(string name, CancellationToken cancellationToken = default) => (await FindAsync(name, cancellationToken))?.Place;

    /// <summary>Keeps a key in the keyring, or in a file where there is no keyring; what was kept before is gone.</summary>
    public async Task<KeyPlace> KeepAsync(string name, FrontierKey key, CancellationToken cancellationToken = default)
    {
        try
        {
            await WithinLimitAsync(
                async token =>
                {
                    await Keyring.StoreAsync(KeyringName(name), $"Key of '{name}' for pai", key.ToBytes(), token);
                    return true;
                },
                cancellationToken);
            File.Delete(PathOf(name));
            return new KeyPlace(KeyPlaceKind.Keyring);
        }
        catch (DeniedException)
        {
            await WriteAsync(PathOf(name), key);
            return new KeyPlace(KeyPlaceKind.File, PathOf(name));
        }
    }

    /// <summary>Removes a key from the keyring and from its file; an environment variable is not touched.</summary>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        File.Delete(PathOf(name));
        await WithinLimitAsync(
            async token =>
            {
                await Keyring.RemoveAsync(KeyringName(name), token);
                return true;
            },
            cancellationToken);
    }

    /// <summary>The variables that a key may stand in, the one of pai's own first.</summary>
    public static ImmutableArray<string> Variables(string name) => name switch
    {
        "openai" => ["PAI_OPENAI_KEY", "OPENAI_API_KEY"],
        "anthropic" => ["PAI_ANTHROPIC_KEY", "ANTHROPIC_API_KEY"],
        _ => [$"PAI_KEY_{name.ToUpperInvariant().Replace('-', '_')}"],
    };

    private static string KeyringName(string name) => $"frontier-{name}";

    private string PathOf(string name) => Path.Combine(folder, name);

    private async Task<(FrontierKey Key, KeyPlace Place)?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (Variables(name).FirstOrDefault(variable => environment(variable) is { Length: > 0 }) is { } found)
        {
            var place = new KeyPlace(KeyPlaceKind.Variable, found);
            return (Key(environment(found)!, place), place);
        }

        if (File.Exists(PathOf(name)))
        {
            var place = new KeyPlace(KeyPlaceKind.File, PathOf(name));
            return (Key(ReadFile(place.Name), place), place);
        }

        var kept = await WithinLimitAsync(token => Keyring.FindAsync(KeyringName(name), token), cancellationToken);
        return kept is null ? null : (Key(Encoding.ASCII.GetString(kept), new KeyPlace(KeyPlaceKind.Keyring)), new KeyPlace(KeyPlaceKind.Keyring));
    }

    private static string ReadFile(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != 0)
        {
            throw new DeniedException($"Others can read the key in '{path}', so it is not used; run 'chmod 600 {path}', and ask for a new key if anybody has read it.");
        }

        return File.ReadAllText(path);
    }

    private static FrontierKey Key(string text, KeyPlace place)
    {
        try
        {
            return new FrontierKey(text.Trim());
        }
        catch (FormatException error)
        {
            throw new DeniedException($"The key in the {place} cannot be used: {error.Message}");
        }
    }

    private static async Task WriteAsync(string path, FrontierKey key)
    {
        // The data folder first: where this makes both, both are the owner's alone.
        var folder = Path.GetDirectoryName(path)!;
        DataFolder.Create(Path.GetDirectoryName(folder)!);
        DataFolder.Create(folder);
        // A new file has the right mode from its first byte on; an old one might have another.
        File.Delete(path);
        await AtomicFile.WriteBytesAsync(path, file => file.WriteAsync(key.ToBytes()).AsTask());
    }

    private async Task<T> WithinLimitAsync<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(KeyringLimit, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await act(any.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeniedException($"The keyring did not answer within {KeyringLimit.TotalSeconds} s; unlock it, or give the key in an environment variable.");
        }
    }
}
