using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Documents;

/// <summary>The folders whose files are documents, and what in them the user took out again.</summary>
public sealed class WatchedPaths(MemoryDatabase database, TimeProvider time)
{
    /// <summary>The full paths of the folders.</summary>
    public Task<IReadOnlyList<string>> FoldersAsync(CancellationToken cancellationToken = default) => ReadAsync(excluded: 0, cancellationToken);

    /// <summary>The full paths of files and folders that are left out.</summary>
    public Task<IReadOnlyList<string>> ExcludedAsync(CancellationToken cancellationToken = default) => ReadAsync(excluded: 1, cancellationToken);

    /// <summary>Watches a folder from now on, with all that is in it.</summary>
    internal Task WatchAsync(string folder, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            Forget(connection, folder);
            return connection.Execute(
                "insert into watched_paths (path, excluded, added_at) values ($path, 0, $now)", ("$path", folder), ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()));
        },
        cancellationToken);

    /// <summary>No longer leaves out a file that the user added by itself.</summary>
    internal Task IncludeAsync(string path, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection => connection.Execute("delete from watched_paths where path = $path and excluded", ("$path", path)), cancellationToken);

    /// <summary>No longer watches a file or folder: where it lies in a watched folder, it is left out there.</summary>
    /// <returns>Whether a folder was watched there.</returns>
    public Task<bool> LeaveOutAsync(string path, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            var wasWatched = connection.Number("select count(*) from watched_paths where path = $path and not excluded", ("$path", path)) > 0;
            Forget(connection, path);
            connection.Execute(
                """
                insert into watched_paths (path, excluded, added_at)
                select $path, 1, $now where exists (select 1 from watched_paths where not excluded and path <> $path and substr($path, 1, length(path) + 1) = rtrim(path, '/\') || $separator)
                """,
                ("$path", path), ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()), ("$separator", Path.DirectorySeparatorChar.ToString()));
            return wasWatched;
        },
        cancellationToken);

    // With all that is in it.
    private static void Forget(Microsoft.Data.Sqlite.SqliteConnection connection, string path) => connection.Execute(
        "delete from watched_paths where path = $path or substr(path, 1, length($folder)) = $folder",
        ("$path", path), ("$folder", Path.EndsInDirectorySeparator(path) ? path : path + Path.DirectorySeparatorChar));

    private Task<IReadOnlyList<string>> ReadAsync(int excluded, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<string>>(
        connection => connection.Query("select path from watched_paths where excluded = $excluded order by path", row => row.Text("path"), ("$excluded", excluded)), cancellationToken);
}
