using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PersonalAi.Memory.Storage;

/// <summary>The full-text indexes of the schema: what FTS5 can be told to do with them.</summary>
internal static class FullTextIndexes
{
    // sqlite.org/fts5.html, section 6.12: "secure-delete" came with 3.42.
    private static readonly Version SecureDelete = new(3, 42, 0);

    /// <summary>Their tables.</summary>
    public static readonly string[] All = ["turn_search", "passage_search", "passage_names"];

    private static bool CanDeleteSecurely => SqliteLibrary.Load().Version >= SecureDelete;

    /// <summary>From now on, words that are deleted leave nothing behind, where this SQLite can do that.</summary>
    public static void DeleteSecurely(this SqliteConnection connection)
    {
        foreach (var index in CanDeleteSecurely ? All : [])
        {
            connection.Execute($"insert into {index} ({index}, rank) values ('secure-delete', 1)");
        }
    }

    /// <summary>Removes what deleted words left behind before.</summary>
    public static void Purge(this SqliteConnection connection)
    {
        foreach (var index in All)
        {
            connection.Execute($"insert into {index} ({index}) values ('{(CanDeleteSecurely ? "optimize" : "rebuild")}')");
        }
    }

    /// <summary>Makes an index anew from what it is of.</summary>
    public static void Rebuild(this SqliteConnection connection, string index) => connection.Execute($"insert into {index} ({index}) values ('rebuild')");

    /// <summary>Whether an index holds exactly the words that it is of.</summary>
    public static bool IsIntact(this SqliteConnection connection, string index)
    {
        try
        {
            connection.Execute($"insert into {index} ({index}, rank) values ('integrity-check', 1)");
            return true;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_CORRUPT)
        {
            return false;
        }
    }
}
