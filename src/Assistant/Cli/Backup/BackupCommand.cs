using System.CommandLine;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Assistant.Cli.Backup;

/// <summary>Makes a checked copy of the database while it is in use, or lists the copies.</summary>
internal sealed class BackupCommand : PaiCommand
{
    private readonly Argument<string?> _to = new("TO")
    {
        Description = "File or folder to write to [default: the folder 'backups' in the data folder, where the oldest give way]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _list = new("--list") { Description = "List the backups in the data folder, and when each will give way" };
    private readonly YesOption _yes = new();
    private readonly JsonOption _json = new();

    public BackupCommand() : base("backup", "Back up the memory while it is in use, and check the copy row by row count; an encrypted one stays so.",
        "pai backup",
        "pai backup /media/stick                      # a folder, or a file to be",
        "pai backup --list",
        "pai config set backup.keep 30                # how many are kept in the data folder")
    {
        Add(_to);
        Add(_list);
        Add(_yes);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        if (arguments.GetValue(_list))
        {
            WriteList(pai, arguments);
            return ExitCode.Done;
        }

        if (!File.Exists(pai.Data.Database))
        {
            throw new UsageException($"There is no database '{pai.Data.Database}' yet; the first session makes it.");
        }

        var to = await ChooseAsync(pai, arguments, cancellationToken);
        var backup = await pai.Backups.MakeAsync(await pai.KeyAsync(cancellationToken), to, cancellationToken);
        Write(pai, arguments, backup);
        if (to is null)
        {
            Rotate(pai);
        }

        return ExitCode.Done;
    }

    private async Task<string?> ChooseAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(_to) is not { } to)
        {
            return null;
        }

        if (Directory.Exists(to))
        {
            return Path.Combine(to, $"pai-{pai.Time.GetUtcNow():yyyyMMdd'T'HHmmss}.db");
        }

        ExportPlace.RefuseWrong(to);
        if (File.Exists(to))
        {
            await _yes.RequireAsync(pai, arguments, $"replace the file '{to}'", cancellationToken);
        }

        return to;
    }

    private void Write(Composition pai, ParseResult arguments, StoredBackup backup)
    {
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(BackupJson.From(backup));
            return;
        }

        pai.Console.Output.WriteLine(
            $"Backed up to '{backup.Path}' ({Quantity.Bytes(backup.Bytes)}, schema {backup.Schema}{(backup.IsEncrypted ? ", encrypted" : "")}); the copy is whole and has every row.");
    }

    private static void Rotate(Composition pai)
    {
        foreach (var old in pai.Backups.Rotate(pai.Configuration.Options.BackupsKept))
        {
            pai.Console.Error.WriteLine($"The backup of {pai.Time.Describe(old.MadeAt)} gave way: '{Path.GetFileName(old.Path)}'.");
        }
    }

    private void WriteList(Composition pai, ParseResult arguments)
    {
        var kept = pai.Configuration.Options.BackupsKept;
        var backups = pai.Backups.List().Select((backup, index) => (Backup: backup, RotatesAfter: Math.Max(kept - index, 1))).ToList();
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(backups.Select(entry => BackupJson.From(entry.Backup) with { RotatesAfter = entry.RotatesAfter }));
        }
        else if (backups.Count == 0)
        {
            pai.Console.Error.WriteLine("There are no backups yet; 'pai backup' makes one.");
        }
        else
        {
            pai.Console.Output.WriteTable([["BACKUP", "MADE", "SIZE", "SCHEMA", "ENCRYPTED", "GIVES WAY"], .. backups.Select(entry => Row(pai, entry.Backup, entry.RotatesAfter))]);
            pai.Console.Error.WriteLine($"They are in '{pai.Backups.Folder}'.");
        }
    }

    private static string[] Row(Composition pai, StoredBackup backup, int rotatesAfter) =>
    [
        Path.GetFileName(backup.Path),
        pai.Time.Describe(backup.MadeAt),
        Quantity.Bytes(backup.Bytes),
        $"{backup.Schema}",
        backup.IsEncrypted ? "yes" : "no",
        rotatesAfter == 1 ? "to the next" : $"after {rotatesAfter} more",
    ];
}
