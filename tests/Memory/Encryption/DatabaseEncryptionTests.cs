using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Encryption;
using PersonalAi.Memory.Storage;
using Xunit;

namespace PersonalAi.Tests.Memory.Encryption;

public sealed class DatabaseEncryptionTests : MemoryTest
{
    private const string Word = "sourdough";

    private static readonly MemoryKey Key = KeyFile.FromSecret(TwoSecrets.First);

    private DatabaseEncryption Encryption => new(File);

    private DatabaseBackups Backups => new(File, Time);

    public override ValueTask InitializeAsync()
    {
        Assert.SkipUnless(SqliteLibrary.Load().CanEncrypt, "No C compiler was there at setup, so SQLite cannot encrypt.");
        return base.InitializeAsync();
    }

    [Fact]
    public async Task What_was_stored_is_there_encrypted_and_decrypted_again()
    {
        await WriteAsync();
        await using (var plain = await OpenAsync())
        {
            await StoreVectorAsync(plain);
        }

        await Encryption.ChangeKeyAsync(present: null, Key, Stop);
        var encrypted = await System.IO.File.ReadAllBytesAsync(File, Stop);
        var found = await ReadAsync(Key);
        await Encryption.ChangeKeyAsync(Key, next: null, Stop);

        Assert.Equal("One 1 vector 7", found);
        Assert.Equal(found, await ReadAsync(key: null));
        Assert.Equal(Key.File.Salt, Convert.ToHexStringLower(encrypted.AsSpan(0, 16)));
        Assert.Equal(["pai.db"], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task No_word_can_be_read_in_any_file()
    {
        await WriteAsync();
        Assert.NotEmpty(FilesWith(Word));
        await Encryption.ChangeKeyAsync(present: null, Key, Stop);
        await using var database = await OpenAsync(new DatabaseOptions { Key = Key });
        await ExchangeAsync(database, (await Sessions(database).LatestAsync(Stop))!.Id, $"More {Word}?", $"Enough {Word}.");
        await Backups.MakeAsync(Key, cancellationToken: Stop);

        Assert.Empty(FilesWith(Word));
        Assert.Empty(FilesWith("turn_search"));
        Assert.Contains("pai.db-wal", Directory.GetFiles(Folder).Select(Path.GetFileName));
        Assert.Equal("pai.db pai.db-shm pai.db-wal pai.key.json", string.Join(' ', Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Without_its_key_it_is_not_opened_and_not_changed()
    {
        await WriteAsync();
        await Encryption.ChangeKeyAsync(present: null, Key, Stop);
        var bytes = await System.IO.File.ReadAllBytesAsync(File, Stop);
        var other = KeyFile.FromSecret(TwoSecrets.First);

        var none = await RefusalAsync(() => OpenAsync());
        var wrong = await RefusalAsync(() => OpenAsync(new DatabaseOptions { Key = other }));
        var change = await RefusalAsync(() => Encryption.ChangeKeyAsync(other, next: null, Stop));
        var secret = Assert.Throws<MemoryException>(() => KeyFile.Of(File)!.Open(TwoSecrets.Second));

        var expected = (MemoryError.WrongKey, $"The database '{File}' is encrypted; give its key.");
        Assert.Equal([expected, expected, expected], new[] { none, wrong, change });
        Assert.Equal((MemoryError.WrongKey, "That is not the key in the keyring of this memory; nothing was opened or changed."), (secret.Error, secret.Message));
        Assert.Equal(bytes, await System.IO.File.ReadAllBytesAsync(File, Stop));
    }

    [Fact]
    public async Task A_damaged_file_is_told_from_a_wrong_key()
    {
        await WriteAsync();
        await Encryption.ChangeKeyAsync(present: null, Key, Stop);
        await using (var file = System.IO.File.OpenWrite(File))
        {
            file.Position = 200;
            file.Write(new byte[100]);
        }

        var (error, message) = await RefusalAsync(() => OpenAsync(new DatabaseOptions { Key = Key }));

        Assert.Equal(MemoryError.Corrupt, error);
        Assert.StartsWith($"The database '{File}' is damaged or not a database (", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_another_pai_has_it_open_nothing_is_changed()
    {
        using var child = MemoryChild.Start("answer-and-wait", Folder);
        await child.NextLineAsync(Stop);

        var refusal = await RefusalAsync(() => Encryption.ChangeKeyAsync(present: null, Key, Stop));

        Assert.Equal((MemoryError.Locked, $"The database '{File}' is in use by another pai; close it and try again."), refusal);
        await child.KillAsync(Stop);
        Assert.Null(KeyFile.Of(File));
        Assert.False(System.IO.File.Exists(Path.Combine(Folder, "pai.key.json")));
    }

    [Fact]
    public async Task The_old_bytes_are_not_left_on_the_disk_under_a_name_that_somebody_holds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not replace a file that is open.");
        await WriteAsync();
        await using var old = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        await Encryption.ChangeKeyAsync(present: null, Key, Stop);

        var left = new byte[old.Length];
        await old.ReadExactlyAsync(left, Stop);
        Assert.True(left.All(value => value == 0), "Something of the old file is left.");
    }

    [Theory]
    [InlineData("the new key file is written, the database is not replaced")]
    [InlineData("the database is replaced, the key file has no name yet")]
    [InlineData("a part of a copy is left")]
    public async Task What_was_interrupted_opens_under_the_key_that_it_has_and_can_be_changed_again(string state)
    {
        await WriteAsync();
        await Encryption.ChangeKeyAsync(present: null, Key, Stop);
        var next = KeyFile.FromSecret(TwoSecrets.Second);
        var (keyFile, nextFile) = (Path.Combine(Folder, "pai.key.json"), Path.Combine(Folder, "pai.key.next.json"));
        var key = Key;
        if (state.StartsWith("the new key", StringComparison.Ordinal))
        {
            next.File.WriteNext(File);
        }
        else if (state.StartsWith("the database", StringComparison.Ordinal))
        {
            await Encryption.ChangeKeyAsync(Key, next, Stop);
            System.IO.File.Move(keyFile, nextFile);
            Key.File.WriteBeside(File);
            key = next;
        }
        else
        {
            await System.IO.File.WriteAllTextAsync($"{File}.0123.new", Word, Stop);
        }

        Assert.Equal(key.File, KeyFile.Of(File));
        Assert.Equal("One 1 ", await ReadAsync(key));
        await Encryption.ChangeKeyAsync(key, KeyFile.FromSecret(TwoSecrets.First), Stop);
        Assert.Equal("One 1 ", await ReadAsync(KeyFile.Of(File)!.Open(TwoSecrets.First)));
        Assert.Equal(["pai.db", "pai.key.json"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    // What is killed varies from run to run; that it opens does not.
    [Fact]
    public async Task Killed_at_any_moment_the_database_has_one_key_or_the_other()
    {
        await WriteAsync();
        await Encryption.ChangeKeyAsync(present: null, Key, Stop);
        var random = new Random(4);
        for (var round = 0; round < 12; round++)
        {
            using var child = MemoryChild.Start("rekey-for-ever", Folder);
            await child.NextLineAsync(Stop);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(60)), Stop);
            await child.KillAsync(Stop);

            Assert.Equal("One 1 ", await ReadAsync(KeyFile.Of(File)!.Open(TwoSecrets.Find(File))));
        }

        await Encryption.ChangeKeyAsync(KeyFile.Of(File)!.Open(TwoSecrets.Find(File)), next: null, Stop);
        Assert.Equal("One 1 ", await ReadAsync(key: null));
        Assert.Equal(["pai.db"], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_backup_keeps_the_key_it_was_made_with_and_takes_the_database_back_to_it()
    {
        await WriteAsync();
        await Encryption.ChangeKeyAsync(present: null, Key, Stop);
        var backup = await Backups.MakeAsync(Key, cancellationToken: Stop);
        var next = KeyFile.FromSecret(TwoSecrets.Second);
        await Encryption.ChangeKeyAsync(Key, next, Stop);
        var key = KeyFile.Of(backup.Path)!.Open(TwoSecrets.First);

        var refusal = await RefusalAsync(() => RestoreAsync(backup.Path, next, next));
        var restored = await RestoreAsync(backup.Path, key, next);

        Assert.True(backup.IsEncrypted);
        Assert.Equal((MemoryError.WrongKey, $"The database '{backup.Path}' is encrypted; give its key."), refusal);
        Assert.Equal(1, restored.Rows["sessions"]);
        Assert.Equal("One 1 ", await ReadAsync(key));
        Assert.Equal(next.File, KeyFile.Of(restored.Kept!));
        Assert.Equal(["pai.db", "pai.key.json"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_backup_without_encryption_takes_the_database_back_to_none()
    {
        await WriteAsync();
        var backup = await Backups.MakeAsync(key: null, cancellationToken: Stop);
        await Encryption.ChangeKeyAsync(present: null, Key, Stop);

        await RestoreAsync(backup.Path, key: null, Key);

        Assert.Equal("One 1 ", await ReadAsync(key: null));
        Assert.Equal(["pai.db"], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_encrypted_backup_that_was_changed_is_refused()
    {
        await WriteAsync();
        await Encryption.ChangeKeyAsync(present: null, Key, Stop);
        var backup = await Backups.MakeAsync(Key, cancellationToken: Stop);
        await using (var file = System.IO.File.OpenWrite(backup.Path))
        {
            file.Position = file.Length - 2000;
            file.WriteByte(1);
        }

        var (error, message) = await RefusalAsync(() => RestoreAsync(backup.Path, Key, Key));

        Assert.Equal(MemoryError.Corrupt, error);
        Assert.StartsWith($"The backup '{backup.Path}' is damaged or not a database (", message, StringComparison.Ordinal);
        Assert.Equal("One 1 ", await ReadAsync(Key));
    }

    [Fact]
    public async Task Before_a_migration_an_encrypted_backup_is_made()
    {
        await WriteAsync();
        await Encryption.ChangeKeyAsync(present: null, Key, Stop);
        var next = new Migration(Migration.All[^1].Number + 1, "colours", "alter table sessions add column colour text not null default 'grey'");

        await using var database = await OpenAsync(new DatabaseOptions { Key = Key, Migrations = [.. Migration.All, next] });

        var backup = Assert.Single(Backups.List());
        Assert.True(backup.IsEncrypted);
        Assert.Equal(Key.File, KeyFile.Of(backup.Path));
        Assert.Empty(FilesWith(Word));
    }

    private async Task WriteAsync()
    {
        await using var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, "One", cancellationToken: Stop);
        await ExchangeAsync(database, session.Id, $"How do I bake {Word}?", $"Keep the {Word} warm.");
    }

    // A table as sqlite-vec keeps it: its own tables must survive being written anew.
    private static Task<int> StoreVectorAsync(MemoryDatabase database) => database.WriteAsync(
        connection => connection.Execute(
            "create virtual table vectors_7 using vec0 (passage integer primary key, embedding float[4]); insert into vectors_7 (passage, embedding) values (7, '[1,2,3,4]')"),
        Stop);

    private async Task<string> ReadAsync(MemoryKey? key)
    {
        await using var database = await OpenAsync(new DatabaseOptions { Key = key });
        await database.CheckAsync(Stop);
        var session = (await Sessions(database).LatestAsync(Stop))!;
        var hits = await new ConversationSearch(database).SearchAsync(Word, cancellationToken: Stop);
        var vector = await database.ReadAsync(
            connection => connection.Number("select count(*) from sqlite_master where name = 'vectors_7'") == 0
                ? ""
                : $"vector {connection.Number("select passage from vectors_7 where embedding match '[1,2,3,4]' and k = 1")}",
            Stop);
        return $"{session.Title} {hits.Count} {vector}";
    }

    private Task<RestoredDatabase> RestoreAsync(string file, MemoryKey? key, MemoryKey? present) =>
        new DatabaseRestore(File, Time, NullLogger.Instance).RunAsync(file, key, present, Stop);

    private IEnumerable<string> FilesWith(string word) => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .Where(file => Bytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(word)) >= 0);

    private static byte[] Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
