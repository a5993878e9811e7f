using PersonalAi.Assistant.Terminal;

namespace PersonalAi.Assistant.Encryption;

/// <summary>Where passphrases come from: a file, else the environment, else the person at the terminal.</summary>
/// <param name="console">Where a person may sit.</param>
/// <param name="environment">The environment variables.</param>
/// <param name="file">What the option for it names.</param>
internal sealed class Passphrases(ConsoleStreams console, Func<string, string?> environment, string? file)
{
    /// <summary>The environment variable that holds it.</summary>
    public string Variable { get; init; } = "PAI_PASSPHRASE";

    /// <summary>The option that names a file.</summary>
    public string Option { get; init; } = "--passphrase-file";

    /// <summary>The passphrase of something that is encrypted.</summary>
    /// <param name="what">What that is, in the sentence "The passphrase of ...".</param>
    /// <param name="cancellationToken">Stops waiting for it.</param>
    /// <exception cref="DeniedException">None is given, and nobody can be asked.</exception>
    public async Task<string> AskAsync(string what, CancellationToken cancellationToken = default) =>
        await GivenAsync(cancellationToken) ?? await TypeAsync($"Passphrase of {what}: ", what, cancellationToken);

    /// <summary>A passphrase that something shall be encrypted with; typed twice.</summary>
    /// <exception cref="DeniedException">None is given, and nobody can be asked; or it was typed in two ways.</exception>
    public async Task<string> ChooseAsync(string what, CancellationToken cancellationToken = default)
    {
        if (await GivenAsync(cancellationToken) is { } given)
        {
            return given;
        }

        var first = await TypeAsync($"New passphrase of {what}: ", what, cancellationToken);
        return await TypeAsync("Once more: ", what, cancellationToken) == first
            ? first
            : throw new DeniedException("The two passphrases differ, so nothing was changed.");
    }

    private async Task<string?> GivenAsync(CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return environment(Variable) is { Length: > 0 } passphrase ? passphrase : null;
        }

        await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
        {
            return line;
        }

        throw new UsageException($"The file '{file}' is empty; its first line must be the passphrase.");
    }

    private async Task<string> TypeAsync(string question, string what, CancellationToken cancellationToken)
    {
        if (!console.InputIsTerminal || !console.ErrorIsTerminal)
        {
            throw new DeniedException($"Nobody can be asked here for the passphrase of {what}; give it in {Variable}, or with {Option} FILE.");
        }

        await console.Error.WriteAsync(question);
        var typed = await console.ReadSecretAsync(cancellationToken);
        await console.Error.WriteLineAsync();
        return typed ?? throw new DeniedException("The input ended before a passphrase came, so nothing was changed.");
    }
}
