using Microsoft.Data.Sqlite;

namespace PersonalAi.Memory.Storage;

/// <summary>sqlite-vec, the loadable extension that searches vectors inside SQLite.</summary>
public static class VectorExtension
{
    /// <summary>The extension's file beside the program, or null where it is absent.</summary>
    public static string? Path => File.Exists(ExpectedPath) ? ExpectedPath : null;

    private static string ExpectedPath => System.IO.Path.Combine(
        AppContext.BaseDirectory, "sqlite", OperatingSystem.IsWindows() ? "vec0.dll" : OperatingSystem.IsMacOS() ? "vec0.dylib" : "vec0.so");

    /// <summary>The extension's version, or null where it is absent or cannot be loaded.</summary>
    /// <exception cref="MemoryException">No usable SQLite library is here.</exception>
    public static string? FindVersion()
    {
        SqliteLibrary.Load();
        if (Path is not { } path)
        {
            return null;
        }

        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        return TryLoad(connection, path) is null ? connection.Text("select vec_version()") : null;
    }

    /// <summary>Loads the extension into a connection, if it is here and can be loaded.</summary>
    internal static void TryLoadInto(SqliteConnection connection)
    {
        if (Path is { } path)
        {
            TryLoad(connection, path);
        }
    }

    /// <summary>Loads an extension into a connection.</summary>
    /// <returns>Why that was not possible; null where it was.</returns>
    internal static Exception? TryLoad(SqliteConnection connection, string path)
    {
        try
        {
            LoadInto(connection, path);
            return null;
        }
        catch (Exception error) when (error is SqliteException or EntryPointNotFoundException)
        {
            return error;
        }
    }

    // Once per connection: loading it twice into one connection crashes later (sqlite-vec 0.1.9).
    private static void LoadInto(SqliteConnection connection, string path)
    {
        connection.EnableExtensions(true);
        connection.LoadExtension(path);
        connection.EnableExtensions(false);
    }
}
