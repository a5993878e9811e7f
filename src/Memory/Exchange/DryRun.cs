using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Exchange;

/// <summary>Does something within a transaction, or only finds out what it would do.</summary>
internal static class DryRun
{
    public static T Try<T>(this SqliteConnection connection, bool isDryRun, Func<T> write)
    {
        if (!isDryRun)
        {
            return write();
        }

        connection.Execute("savepoint dry_run");
        var result = write();
        connection.Execute("rollback to dry_run; release dry_run");
        return result;
    }
}
