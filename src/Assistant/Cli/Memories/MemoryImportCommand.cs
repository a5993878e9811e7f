using System.CommandLine;
using PersonalAi.Assistant.Encryption;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Encryption;
using PersonalAi.Memory.Exchange;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>Takes in what this or another program exported.</summary>
internal sealed class MemoryImportCommand : PaiCommand
{
    private const int MostShown = 20;

    private readonly Argument<string> _from = new("FILE") { Description = "File, archive or folder", HelpName = "FILE|FOLDER" };
    private readonly EnumOption<ImportFormat> _as = new("--as", "What it is [default: auto, told by its name]");
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Read everything, and store nothing" };

    private readonly Option<string?> _passphraseFile = new("--export-passphrase-file")
    {
        Description = "File whose first line is the passphrase of an encrypted export, where the memory has another [default: $PAI_EXPORT_PASSPHRASE, else you are asked]",
        HelpName = "FILE",
    };

    private readonly JsonOption _json = new();

    public MemoryImportCommand() : base("import", "Take in an export of pai, ChatGPT or Claude, notes, mail, a calendar or contacts. Importing again changes nothing.",
        "pai memory import memory.jsonl               # what 'pai memory export' wrote",
        "pai memory import chatgpt-export.zip --dry-run",
        "pai memory import ~/Notes --as markdown",
        "pai memory import calendar.ics               # its entries become facts; 'pai memory undo' takes them back")
    {
        Add(_from);
        Add(_as);
        Add(_dryRun);
        Add(_passphraseFile);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var (from, isDryRun) = (arguments.GetRequiredValue(_from), arguments.GetValue(_dryRun));
        var configured = pai.StartConfiguration.Options;
        var options = new ImportOptions(new SessionSettings(configured.Persona, configured.Model.Name)) { Format = _as.In(arguments) ?? ImportFormat.Auto, IsDryRun = isDryRun };
        if (File.Exists(from) && EncryptedExport.Find(from) is { } encrypted)
        {
            var key = await KeyAsync(pai, arguments, encrypted, cancellationToken);
            options = options with { Format = ImportFormat.Pai, Decrypt = file => encrypted.Decrypt(file, key) };
        }

        var size = MemoryImport.SizeOf(from, options.Format);
        var import = new MemoryImport(await pai.DatabaseAsync(cancellationToken), pai.Time);
        ImportReport report;
        using (var progress = new ProgressDisplay(pai.Console, $"Importing {Path.GetFileName(Path.TrimEndingDirectorySeparator(from))}", size, pai.Time))
        {
            report = await import.RunAsync(from, options, progress, cancellationToken);
        }

        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(ImportReportJson.From(report, isDryRun));
        }
        else
        {
            Show(pai.Console.Output, report, isDryRun);
        }

        return ExitCode.Done;
    }

    // An encrypted memory has taken the usual places for its own passphrase.
    private async Task<MemoryKey> KeyAsync(Composition pai, ParseResult arguments, EncryptedExport export, CancellationToken cancellationToken)
    {
        var (own, file) = (await pai.KeyAsync(cancellationToken), arguments.GetValue(_passphraseFile));
        var passphrases = own is null && file is null
            ? pai.Passphrases
            : new Passphrases(pai.Console, pai.Environment, file) { Variable = "PAI_EXPORT_PASSPHRASE", Option = _passphraseFile.Name };
        return await export.OpenAsync(own, new MemoryKeys(passphrases), cancellationToken);
    }

    private static void Show(TextWriter output, ImportReport report, bool isDryRun)
    {
        output.WriteLine(
            $"{(isDryRun ? "Would import" : "Imported")}: {Count(report.Sessions, "session")}, {Count(report.Turns, "turn")}, {Count(report.Facts, "fact")}, {Count(report.Documents, "document")}; {report.Known} known already, {report.SkippedCount} skipped.");
        foreach (var skipped in report.Skipped.Take(MostShown))
        {
            output.WriteLine($"  skipped {TerminalText.Sanitize(skipped.Name)}: {TerminalText.Sanitize(skipped.Reason.TrimEnd('.'))}.");
        }

        if (report.SkippedCount > MostShown)
        {
            output.WriteLine($"  and {report.SkippedCount - MostShown} more; --json names up to 1,000.");
        }
    }

    private static string Count(long number, string one) => $"{number} {one}{(number == 1 ? "" : "s")}";
}

/// <summary>What an import brought in, as <c>--json</c> prints it.</summary>
internal sealed record ImportReportJson(long Sessions, long Turns, long Facts, long Documents, long Known, long SkippedCount, IEnumerable<SkippedItem> Skipped, bool DryRun)
{
    public static ImportReportJson From(ImportReport report, bool isDryRun) =>
        new(report.Sessions, report.Turns, report.Facts, report.Documents, report.Known, report.SkippedCount, report.Skipped, isDryRun);
}
