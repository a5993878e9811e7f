using Microsoft.Data.Sqlite;

namespace PersonalAi.Memory.Storage;

/// <summary>sqlite-vec, the loadable extension that searches vectors inside SQLite.</summary>
public static class VectorExtension
{
    /// <summary>The extension's file beside the program, or null where it is absent.</summary>
    public static string? Path => File.Exists(ExpectedPath) ? ExpectedPath : null;

    private static string ExpectedPath => System.IO.Path.Combine(
        AppContext.BaseDirectory, "sqlite", OperatingSystem.IsWindows() ? "vec0.dll" : OperatingSystem.IsMacOS() ? "vec0.dylib" : "vec0.so");

    // Once per connection: loading it twice into one connection crashes later (sqlite-vec 0.1.9).
    internal static void LoadInto(SqliteConnection connection, string path)
    {
        connection.EnableExtensions(true);
        connection.LoadExtension(path);
        connection.EnableExtensions(false);
    }
}
