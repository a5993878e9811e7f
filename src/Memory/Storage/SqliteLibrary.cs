using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PersonalAi.Memory.Storage;

/// <summary>Where the SQLite library in use came from.</summary>
public enum SqliteSource
{
    /// <summary>Built at setup, beside the program.</summary>
    BuiltHere,

    /// <summary>The operating system's own.</summary>
    Platform,
}

/// <summary>The native SQLite library that this process uses, loaded once.</summary>
public sealed class SqliteLibrary
{
    // STRICT tables came with it.
    private static readonly Version Oldest = new(3, 37, 0);
    private static readonly Lazy<SqliteLibrary> Loaded = new(LoadOnce);

    private SqliteLibrary(string path, SqliteSource source, Version version, bool canEncrypt) =>
        (Path, Source, Version, CanEncrypt) = (path, source, version, canEncrypt);

    /// <summary>The file that was loaded; for the platform's own, the name under which the system found it.</summary>
    public string Path { get; }

    /// <summary>Where the library came from.</summary>
    public SqliteSource Source { get; }

    /// <summary>The version of SQLite.</summary>
    public Version Version { get; }

    /// <summary>Whether the library can encrypt a whole file (SQLite3 Multiple Ciphers).</summary>
    public bool CanEncrypt { get; }

    private static string OwnFile => System.IO.Path.Combine(
        AppContext.BaseDirectory, "sqlite", OperatingSystem.IsMacOS() ? "libe_sqlite3.dylib" : "libe_sqlite3.so");

    private static string PlatformName =>
        OperatingSystem.IsWindows() ? "winsqlite3.dll" : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0";

    /// <summary>Loads the library built at setup, else the platform's own; later calls return the same.</summary>
    /// <exception cref="MemoryException">No library was found, or the one found is too old or lacks full-text search.</exception>
    public static SqliteLibrary Load() => Loaded.Value;

    /// <summary>Refuses to go on where the library cannot encrypt.</summary>
    /// <param name="database">What is, or shall be, encrypted.</param>
    /// <exception cref="MemoryException">It cannot.</exception>
    public void RequireEncryption(string database)
    {
        if (!CanEncrypt)
        {
            throw new MemoryException(
                MemoryError.LibraryMissing,
                $"The SQLite library '{Path}' can neither encrypt nor decrypt '{database}'; install a C compiler and build the project again, which builds one that can.");
        }
    }

    private static SqliteLibrary LoadOnce()
    {
        var (path, source) = (OwnFile, SqliteSource.BuiltHere);
        if (!NativeLibrary.TryLoad(path, out var handle))
        {
            (path, source) = (PlatformName, SqliteSource.Platform);
            if (!NativeLibrary.TryLoad(path, out handle))
            {
                throw new MemoryException(
                    MemoryError.LibraryMissing,
                    $"No SQLite library was found, neither '{OwnFile}' nor the system's '{PlatformName}'; install a C compiler and build the project again, or install SQLite.");
            }
        }

        NativeLibrary.SetDllImportResolver(
            typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == "e_sqlite3" ? handle : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return Inspect(path, source);
    }

    private static SqliteLibrary Inspect(string path, SqliteSource source)
    {
        var version = new Version(raw.sqlite3_libversion().utf8_to_string());
        if (version < Oldest)
        {
            throw new MemoryException(
                MemoryError.LibraryMissing,
                $"The SQLite library '{path}' is version {version}, older than {Oldest}; install a C compiler and build the project again, or install a newer SQLite.");
        }

        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        if (connection.Number("select count(*) from pragma_module_list where name = 'fts5'") == 0)
        {
            throw new MemoryException(
                MemoryError.LibraryMissing,
                $"The SQLite library '{path}' has no full-text search (FTS5); install a C compiler and build the project again, or install a SQLite that has it.");
        }

        var canEncrypt = connection.Number("select count(*) from pragma_function_list where name = 'sqlite3mc_version'") > 0;
        return new SqliteLibrary(path, source, version, canEncrypt);
    }
}
