using System.Text.Json;
using PersonalAi.Memory;
using PersonalAi.Memory.Exchange;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;
using PersonalAi.Memory.Verification;
using Xunit;

namespace PersonalAi.Tests.Memory.Exchange;

/// <summary>What stops an import in the middle must not harm it: killed, stopped, no room.</summary>
public sealed class ImportFaultTests : ImportTest
{
    private const int Conversations = 400;
    private const int TurnsOfEach = 5;

    [Fact]
    public async Task A_killed_import_leaves_whole_conversations_and_a_second_one_completes_it()
    {
        WriteAll();
        var random = new Random(7);
        var counts = new List<long>();
        for (var kill = 0; kill < 4; kill++)
        {
            using var child = MemoryChild.Start(ImportChild.Task, Folder);
            for (var lines = random.Next(1, 12); lines > 0 && await child.NextLineAsync(Stop) is not null; lines--)
            {
            }

            await Task.Delay(random.Next(150), Stop);
            await child.KillAsync(Stop);
            counts.Add(await CheckWholeAsync());
        }

        var database = await OpenAsync();
        await ImportAsync(database, Path.Combine(Folder, "in"));
        var before = await ExportAsync(database);
        await ImportAsync(database, Path.Combine(Folder, "in"));

        TestContext.Current.TestOutputHelper!.WriteLine($"Conversations after each kill: {string.Join(", ", counts)}");
        Assert.Equal(Conversations, await CheckWholeAsync());
        Assert.Equal(1, Number(File, "select count(*) from facts"));
        Assert.Equal(before, await ExportAsync(database));
        await new MemoryIndexer(database, Time).IndexTurnsAsync(Stop);
        Assert.Empty(await new MemoryVerification(database).VerifyAsync(Stop));
    }

    [Fact]
    public async Task A_stopped_import_leaves_whole_conversations()
    {
        WriteAll();
        var database = await OpenAsync();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var progress = new StopAfter(stopping, 40_000);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new MemoryImport(database, Time).RunAsync(Path.Combine(Folder, "in"), new ImportOptions(Settings), progress, stopping.Token));

        Assert.InRange(await CheckWholeAsync(), 1, Conversations - 1);
        Assert.Equal(0, Number(File, "select count(*) from facts"));
    }

    [Fact]
    public async Task A_full_disk_leaves_whole_conversations_and_the_next_import_completes_them()
    {
        WriteAll();
        await (await OpenAsync()).DisposeAsync();
        var full = await OpenAsync(new DatabaseOptions { MaxPages = (int)Number(File, "pragma page_count") + 60 });

        var refusal = await RefusalAsync(() => ImportAsync(full, Path.Combine(Folder, "in")));
        var stored = await CheckWholeAsync();
        await full.DisposeAsync();
        var report = await ImportAsync(await OpenAsync(), Path.Combine(Folder, "in"));

        Assert.Equal((MemoryError.DiskFull, $"No room is left for the database '{File}'; free some on its disk and try again."), refusal);
        Assert.InRange(stored, 1, Conversations - 1);
        Assert.Equal((Conversations - stored, stored), (report.Sessions, report.Known));
        Assert.Equal(Conversations, await CheckWholeAsync());
    }

    [Fact]
    public async Task An_export_of_which_a_part_does_not_fit_on_the_disk_is_not_imported_at_all()
    {
        WriteAll();
        var source = await MemoryDatabase.OpenAsync(Path.Combine(Folder, "source.db"), Time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, Stop);
        await ImportAsync(source, Path.Combine(Folder, "in"));
        var export = Write("export.jsonl", await ExportAsync(source));
        await source.DisposeAsync();
        await (await OpenAsync()).DisposeAsync();
        var full = await OpenAsync(new DatabaseOptions { MaxPages = (int)Number(File, "pragma page_count") + 60 });

        var refusal = await RefusalAsync(() => ImportAsync(full, export));

        Assert.Equal(MemoryError.DiskFull, refusal.Error);
        Assert.Equal(0, Number(File, "select count(*) from sessions"));
    }

    private void WriteAll()
    {
        var conversations = Enumerable.Range(0, Conversations).Select(conversation => new
        {
            uuid = $"c{conversation}",
            name = $"Conversation {conversation}",
            created_at = "2025-01-01T00:00:00Z",
            chat_messages = Enumerable.Range(0, TurnsOfEach * 2).Select(message => new
            {
                uuid = $"c{conversation}m{message}",
                sender = message % 2 == 0 ? "human" : "assistant",
                text = $"Message {message} of conversation {conversation}. {new string('x', 200)}",
            }),
        });
        Write("in/conversations.json", JsonSerializer.Serialize(conversations));
        Write("in/z.ics", "BEGIN:VEVENT\nUID:1\nSUMMARY:Dentist\nEND:VEVENT\n");
    }

    private async Task<long> CheckWholeAsync()
    {
        await using var database = await MemoryDatabase.OpenAsync(File, Time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, Stop);
        var sizes = await database.ReadAsync(
            connection => connection.Query("select count(*), sum(answer <> ''), max(head is not null) from sessions join turns on session = sessions.id group by session", row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))), Stop);
        Assert.All(sizes, size => Assert.Equal((TurnsOfEach, TurnsOfEach, 1), size));
        return sizes.Count;
    }

    private sealed class StopAfter(CancellationTokenSource stopping, long bytes) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value > bytes)
            {
                stopping.Cancel();
            }
        }
    }
}
