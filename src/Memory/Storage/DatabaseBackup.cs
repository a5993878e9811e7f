using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PersonalAi.Memory.Storage;

/// <summary>Copies of a database, taken while it is in use and checked before they count.</summary>
internal sealed class DatabaseBackup(string path, TimeProvider time)
{
    /// <summary>Makes a copy in the folder 'backups' beside the database and returns its path.</summary>
    /// <exception cref="MemoryException">The copy is damaged, which means that the database is.</exception>
    public string Make(int schema)
    {
        var folder = Path.Combine(Path.GetDirectoryName(path)!, "backups");
        DatabaseFile.CreateFolder(folder);
        var stamp = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);
        var copy = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(path)}-{stamp}-v{schema}.db");
        var partial = copy + ".partial";
        try
        {
            DatabaseFile.CreateEmpty(partial);
            Copy(partial);
            Verify(partial, schema);
            File.Move(partial, copy, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }

        return copy;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private void Copy(string target)
    {
        using var source = Open(path);
        source.Execute("vacuum into $target", ("$target", target));
    }

    private void Verify(string copy, int schema)
    {
        using var connection = Open(copy);
        var found = connection.Text("pragma integrity_check(1)");
        if (found != "ok" || connection.Number("pragma user_version") != schema)
        {
            throw SqliteErrors.Damaged(path, $"its copy did not pass the check: {found}");
        }
    }
}
