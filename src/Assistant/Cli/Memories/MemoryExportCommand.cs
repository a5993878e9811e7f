using System.CommandLine;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Encryption;
using PersonalAi.Memory.Encryption;
using PersonalAi.Memory.Exchange;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Writes everything that is remembered out.</summary>
internal sealed class MemoryExportCommand : PaiCommand
{
    private const string JsonLines = "jsonl";
    private const string Markdown = "markdown";

    private readonly Argument<string?> _to = new("TO") { Description = "File to write, as a whole or not at all [default: standard output]", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string> _format = new("--format")
    {
        Description = "jsonl: everything, to be imported again; markdown: to be read",
        DefaultValueFactory = _ => JsonLines,
    };

    private readonly Option<bool> _encrypt = new("--encrypt") { Description = "Encrypt the file; where the memory is encrypted, so it is anyway, under the same key" };
    private readonly Option<bool> _plain = new("--plain") { Description = "Do not encrypt the file, although the memory is" };
    private readonly YesOption _yes = new();

    public MemoryExportCommand() : base("export", "Write everything that is remembered to a file: facts with their history, conversations, documents.",
        "pai memory export memory.jsonl               # 'pai memory import' makes the same store of it",
        "pai memory export memory.jsonl --encrypt     # asks for a passphrase, twice",
        "pai memory export memory.md --format markdown",
        "pai memory export | jq 'select(.type == \"fact\").text'")
    {
        _format.AcceptOnlyFromAmong(JsonLines, Markdown);
        Add(_to);
        Add(_format);
        Add(_encrypt);
        Add(_plain);
        Add(_yes);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var (file, isMarkdown) = (arguments.GetValue(_to), arguments.GetValue(_format) == Markdown);
        RefuseWrong(arguments, file, isMarkdown);
        var own = await pai.KeyAsync(cancellationToken);
        var key = file is null ? null : await KeyAsync(pai, arguments, own, cancellationToken);
        if (key is not null && isMarkdown)
        {
            throw new UsageException("The memory is encrypted, and a Markdown export is to be read, so it cannot be; give --plain to write it nevertheless.");
        }

        var database = await pai.DatabaseAsync(cancellationToken);
        Task Write(TextWriter writer) => isMarkdown
            ? new MarkdownExport(database, pai.Time.LocalTimeZone).WriteAsync(writer, cancellationToken)
            : new MemoryExport(database).WriteAsync(writer, cancellationToken);
        if (file is null)
        {
            await Write(pai.Console.Output);
            return ExitCode.Done;
        }

        if (File.Exists(file))
        {
            await _yes.RequireAsync(pai, arguments, $"replace the file '{file}'", cancellationToken);
        }

        await (key is null ? AtomicFile.WriteAsync(file, Write) : EncryptedExport.WriteAsync(file, key, Write));
        await pai.Console.Error.WriteLineAsync($"Wrote everything that is remembered to '{file}'{HowEncrypted(key, own)}.");
        return ExitCode.Done;
    }

    private void RefuseWrong(ParseResult arguments, string? file, bool isMarkdown)
    {
        if (file is not null)
        {
            ExportPlace.RefuseWrong(file);
        }

        if (arguments.GetValue(_encrypt) && (file is null || isMarkdown || arguments.GetValue(_plain)))
        {
            throw new UsageException(
                file is null ? "--encrypt needs a file to write; name one."
                : isMarkdown ? "A Markdown export is to be read, so it cannot be encrypted; give --format jsonl, or leave --encrypt out."
                : "--encrypt and --plain exclude each other; give one of them.");
        }
    }

    private async Task<MemoryKey?> KeyAsync(Composition pai, ParseResult arguments, MemoryKey? own, CancellationToken cancellationToken) =>
        arguments.GetValue(_plain) ? null
        : own is null && arguments.GetValue(_encrypt) ? await pai.Keys.ChooseAsync("the export", cancellationToken)
        : own;

    private static string HowEncrypted(MemoryKey? key, MemoryKey? own) => (key, own) switch
    {
        (null, null) => "; it is not encrypted",
        (null, _) => "; it is not encrypted, although the memory is, so whoever gets it can read it",
        (_, null) => ", encrypted under the passphrase that you gave; nobody can get that back for you",
        ({ File.Source: KeySource.Keyring }, _) => ", encrypted under the memory's key; without the keyring of this desktop nobody can read it",
        _ => ", encrypted under the memory's passphrase",
    };
}
