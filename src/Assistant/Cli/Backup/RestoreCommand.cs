using System.CommandLine;
using Microsoft.Extensions.Logging;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Encryption;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Assistant.Cli.Backup;

/// <summary>Puts a backup in the place of the database.</summary>
internal sealed class RestoreCommand : PaiCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "A backup: a path, or a name that 'pai backup --list' shows" };
    private readonly YesOption _yes = new();
    private readonly JsonOption _json = new();

    public RestoreCommand() : base("restore", "Replace the memory by a backup, which is checked before; what is there now is backed up first.",
        "pai restore pai-20261121T100000.000Z-v2.db",
        "pai restore /media/stick/pai.db --yes --json",
        "pai restore old.db --passphrase-file FILE    # of an encrypted backup; PAI_PASSPHRASE does the same")
    {
        Add(_file);
        Add(_yes);
        Add(_json);
    }

    protected override async Task<ExitCode> RunAsync(Composition pai, ParseResult arguments, CancellationToken cancellationToken = default)
    {
        var named = arguments.GetRequiredValue(_file);
        var inFolder = Path.Combine(pai.Backups.Folder, named);
        var file = !File.Exists(named) && File.Exists(inFolder) ? inFolder : named;
        if (File.Exists(pai.Data.Database))
        {
            await _yes.RequireAsync(pai, arguments, $"replace the memory in '{pai.Data.Database}' by '{file}'", cancellationToken);
        }

        var present = await pai.KeyAsync(cancellationToken);
        var key = KeyFile.Of(file) is { } own && own.Salt != present?.File.Salt ? await pai.Keys.OpenAsync(own, "the backup", cancellationToken) : present;
        var restore = new DatabaseRestore(pai.Data.Database, pai.Time, pai.Logging.CreateLogger<DatabaseRestore>());
        var restored = await restore.RunAsync(file, key, present, cancellationToken);
        Write(pai, arguments, restored);
        return ExitCode.Done;
    }

    private void Write(Composition pai, ParseResult arguments, RestoredDatabase restored)
    {
        if (arguments.GetValue(_json))
        {
            pai.Console.Output.WriteJson(new
            {
                id = Path.GetFileNameWithoutExtension(restored.File),
                path = restored.File,
                restored.MadeAt,
                schema_before = restored.Schema,
                schema = restored.NewSchema,
                rows = restored.Rows,
                kept = restored.Kept,
            });
            return;
        }

        var output = pai.Console.Output;
        var rows = string.Join(", ", restored.Rows.Where(table => table.Value > 0).Select(table => $"{table.Key} {table.Value}"));
        output.WriteLine($"Restored the backup of {pai.Time.Describe(restored.MadeAt)} from '{restored.File}': {(rows.Length > 0 ? rows : "nothing is in it")}.");
        if (restored.Schema != restored.NewSchema)
        {
            output.WriteLine($"Its schema {restored.Schema} was brought to {restored.NewSchema}.");
        }

        if (restored.Kept is { } kept)
        {
            output.WriteLine($"What was there before is kept in '{kept}'.");
        }
    }
}
