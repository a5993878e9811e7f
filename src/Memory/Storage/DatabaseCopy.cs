using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Encryption;
using SQLitePCL;

namespace PersonalAi.Memory.Storage;

/// <summary>Copies a database as it is at one moment, while others may read and write it, and checks the copy against it.</summary>
internal static class DatabaseCopy
{
    // A few megabytes: often enough to be stopped, and no cost beside the copying.
    private const int PagesAtOnce = 1024;

    /// <summary>Makes a new file that holds the same rows under the same key.</summary>
    /// <param name="source">An open connection with no transaction.</param>
    /// <param name="target">A path where nothing is yet; what is there after a failure is incomplete.</param>
    /// <param name="key">The key of both; null where they are not encrypted.</param>
    /// <param name="options">What the new file may grow to.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    /// <returns>How many rows each table has.</returns>
    public static ImmutableSortedDictionary<string, long> Make(
        SqliteConnection source, string target, MemoryKey? key, DatabaseOptions options, CancellationToken cancellationToken)
    {
        DatabaseFile.CreateEmpty(target);

        // One read transaction over counting and copying: both see the same moment.
        using var reading = source.BeginTransaction(deferred: true);
        var counts = CountRows(source);
        using var copy = DatabaseConnection.Open(target, key, options.BusyTimeout);
        if (options.MaxPages is { } pages)
        {
            copy.Execute($"pragma max_page_count = {pages}");
        }

        CopyPages(source, copy, cancellationToken);

        // A copy is one file, also where it cannot be written to.
        copy.Text("pragma journal_mode = delete");
        return counts;
    }

    /// <summary>Reads the whole of a copy and compares it with what it was made from.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public static string? ProblemOf(string copy, MemoryKey? key, ImmutableSortedDictionary<string, long> expected)
    {
        using var connection = DatabaseConnection.Open(copy, key, TimeSpan.Zero);
        VectorExtension.TryLoadInto(connection);
        if (connection.Text("pragma integrity_check(1)") is var found && found != "ok")
        {
            return found?.ReplaceLineEndings(" ") ?? "no answer";
        }

        var counts = CountRows(connection);
        var different = expected.Keys.Union(counts.Keys).FirstOrDefault(table => expected.GetValueOrDefault(table, -1) != counts.GetValueOrDefault(table, -1));
        return different is null ? null : $"the table '{different}' has {counts.GetValueOrDefault(different)} rows in place of {expected.GetValueOrDefault(different)}";
    }

    /// <summary>How many rows each table has, those that virtual tables keep their contents in included.</summary>
    public static ImmutableSortedDictionary<string, long> CountRows(SqliteConnection connection) => CountRows(connection, "'table', 'shadow'");

    /// <summary>How many rows each table has that is not another's store.</summary>
    public static ImmutableSortedDictionary<string, long> CountOwnRows(SqliteConnection connection) => CountRows(connection, "'table'");

    private static ImmutableSortedDictionary<string, long> CountRows(SqliteConnection connection, string kinds) => connection
        .Query($"select name from pragma_table_list where schema = 'main' and type in ({kinds}) and name not like 'sqlite\\_%' escape '\\'", row => row.Text("name"))
        .ToImmutableSortedDictionary(table => table, table => connection.Number($"select count(*) from \"{table}\""), StringComparer.Ordinal);

    private static void CopyPages(SqliteConnection source, SqliteConnection copy, CancellationToken cancellationToken)
    {
        using var backup = raw.sqlite3_backup_init(copy.Handle, "main", source.Handle, "main")
            ?? throw new SqliteException(raw.sqlite3_errmsg(copy.Handle).utf8_to_string(), raw.sqlite3_errcode(copy.Handle));
        int result;
        while ((result = raw.sqlite3_backup_step(backup, PagesAtOnce)) == raw.SQLITE_OK)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (result != raw.SQLITE_DONE)
        {
            throw new SqliteException(raw.sqlite3_errstr(result).utf8_to_string(), result);
        }
    }
}
