using PersonalAi.Memory.Storage;
using Xunit;

namespace PersonalAi.Tests.Memory.Storage;

public sealed class SqliteLibraryTests : MemoryTest
{
    [Fact]
    public void The_library_built_at_setup_is_loaded_and_can_encrypt()
    {
        var own = Path.Combine(AppContext.BaseDirectory, "sqlite", OperatingSystem.IsMacOS() ? "libe_sqlite3.dylib" : "libe_sqlite3.so");
        Assert.SkipUnless(System.IO.File.Exists(own), "No C compiler was there at setup, so SQLite was not built.");

        var library = SqliteLibrary.Load();

        Assert.Equal((own, SqliteSource.BuiltHere, true), (library.Path, library.Source, library.CanEncrypt));
        Assert.True(library.Version >= new Version(3, 53), $"SQLite is {library.Version}.");
    }

    [Fact]
    public async Task Loading_at_once_from_many_threads_gives_one_library()
    {
        var libraries = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(SqliteLibrary.Load, Stop)));

        Assert.Single(libraries.Distinct());
    }

    [Fact]
    public async Task The_platforms_own_library_serves_where_none_was_built()
    {
        var installed = System.Runtime.InteropServices.NativeLibrary.TryLoad(
            OperatingSystem.IsWindows() ? "winsqlite3.dll" : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0", out _);
        Assert.SkipUnless(installed, "This system has no SQLite of its own.");
        using var child = MemoryChild.Start("platform-sqlite", Folder);

        var said = new List<string>();
        while (await child.NextLineAsync(Stop) is { } line)
        {
            said.Add(line);
        }

        Assert.Equal(0, await child.ExitAsync(Stop));
        Assert.Equal("Platform 1", said[^1]);
    }
}
