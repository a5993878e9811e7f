using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace PersonalAi.Memory.Storage;

/// <summary>Brings a database to the schema that this program knows, and refuses one that it cannot know.</summary>
internal sealed partial class Migrator(string path, DatabaseOptions options, TimeProvider time, ILogger logger)
{
    // "PAI!", so that file(1) and other programs can tell what the file is.
    private const int ApplicationId = 0x50414921;

    private int Target => options.Migrations[^1].Number;

    /// <summary>Makes the schema in a new, empty file.</summary>
    public void Create(SqliteConnection connection)
    {
        connection.Execute($"pragma application_id = {ApplicationId}");
        UpdateCopy(connection);
    }

    /// <summary>Changes a file that is a copy itself where its schema is older.</summary>
    public void UpdateCopy(SqliteConnection connection)
    {
        while (Version(connection) < Target)
        {
            Step(connection);
        }
    }

    /// <summary>Changes an existing file where its schema is older; a verified backup is made first.</summary>
    public void Update(SqliteConnection connection)
    {
        RefuseForeign(connection);
        string? backup = null;
        while (Version(connection) < Target)
        {
            backup = Step(connection, backup);
        }
    }

    private static int Version(SqliteConnection connection) => (int)connection.Number("pragma user_version");

    /// <summary>Refuses what another program wrote, or a newer one.</summary>
    public void RefuseForeign(SqliteConnection connection)
    {
        if (connection.Number("pragma application_id") != ApplicationId)
        {
            throw new MemoryException(
                MemoryError.Corrupt, $"The file '{path}' is a database of another program; choose another data folder, or move the file away.");
        }

        if (Version(connection) is var version && version > Target)
        {
            throw new MemoryException(
                MemoryError.NewerSchema,
                $"The database '{path}' has schema {version}, but this program knows schemas up to {Target}; use the newer program that wrote it, or restore a backup made before.");
        }
    }

    private void Step(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        Apply(connection, options.Migrations.First(migration => migration.Number > Version(connection)));
        transaction.Commit();
    }

    // Another process may migrate at the same time: whoever gets the write lock looks again, makes the backup (readers are
    // not hindered by the lock) and takes the step; the other then finds it taken.
    private string? Step(SqliteConnection connection, string? backup)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Version(connection);
        if (options.Migrations.FirstOrDefault(migration => migration.Number > version) is not { } next)
        {
            return backup;
        }

        backup ??= new DatabaseBackups(path, time).Make(options).Path;
        LogMigrating(path, next.Number, next.Name, backup);
        try
        {
            Apply(connection, next);
            transaction.Commit();
            return backup;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT)
        {
            throw new MemoryException(
                MemoryError.Failed,
                $"The database '{path}' could not be changed to schema {next.Number} ({error.Message.TrimEnd('.')}); it is as it was, and a copy is at '{backup}'.",
                error);
        }
    }

    private static void Apply(SqliteConnection connection, Migration migration)
    {
        connection.Execute(migration.Sql);
        connection.Execute($"pragma user_version = {migration.Number}");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Changing {Path} to schema {Number} ({Name}); a copy from before is at {Backup}.")]
    private partial void LogMigrating(string path, int number, string name, string backup);
}
