using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using Xunit;

namespace PersonalAi.Tests.Memory;

public sealed class CrashTests : MemoryTest
{
    [Fact]
    public async Task A_killed_process_loses_nothing_that_it_committed()
    {
        using var child = MemoryChild.Start("write-for-ever", Folder);
        var said = new List<string>();
        while (said.Count < 40)
        {
            said.Add((await child.NextLineAsync(Stop))!);
        }

        await child.KillAsync(Stop);
        var database = await OpenAsync();

        await database.CheckAsync(Stop);
        var turns = await LatestPathAsync(database);
        foreach (var step in said.Select(line => line.Split(' ')))
        {
            var turn = Assert.Single(turns, turn => turn.Id.ToString() == step[1]);
            Assert.True(turn.Outcome.Status == TurnStatus.Complete || step[0] != "finished", $"{turn.Id} was finished, but is {turn.Outcome.Status}.");
            Assert.True(turn.Answer.Length > 0 || step[0] == "began", $"{turn.Id} has lost its answer.");
        }

        Assert.DoesNotContain(turns, turn => turn.Outcome.Status == TurnStatus.Answering);
    }

    [Fact]
    public async Task The_turn_of_a_killed_process_is_interrupted_and_keeps_what_was_committed()
    {
        using var child = MemoryChild.Start("answer-and-wait", Folder);
        await child.NextLineAsync(Stop);
        await child.KillAsync(Stop);

        var database = await OpenAsync();

        var turn = Assert.Single(await LatestPathAsync(database));
        Assert.Equal(("Half of the answer", TurnStatus.Interrupted), (turn.Answer, turn.Outcome.Status));
        Assert.Single(await new ConversationSearch(database).SearchAsync("half", cancellationToken: Stop));
    }

    [Fact]
    public async Task The_turn_that_a_living_process_answers_is_left_alone()
    {
        using var child = MemoryChild.Start("answer-and-wait", Folder);
        await child.NextLineAsync(Stop);

        var database = await OpenAsync();

        var turn = Assert.Single(await LatestPathAsync(database));
        Assert.Equal(("Half of the answer", TurnStatus.Answering), (turn.Answer, turn.Outcome.Status));
    }

    [Fact]
    public async Task A_log_that_a_crash_left_behind_is_taken_up()
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        await ExchangeAsync(database, session.Id, "What was written", "is in the log.");
        var copies = Directory.CreateDirectory(Path.Combine(Folder, "copy")).FullName;
        foreach (var file in (string[])["pai.db", "pai.db-wal"])
        {
            System.IO.File.Copy(Path.Combine(Folder, file), Path.Combine(copies, file));
        }

        await using var copy = await MemoryDatabase.OpenAsync(
            Path.Combine(copies, "pai.db"), Time, NullLogger.Instance, Stop);

        var turn = Assert.Single(await Log(copy).PathAsync(session.Id, Stop));
        Assert.Equal("is in the log.", turn.Answer);
    }

    [Fact]
    public async Task A_damaged_page_is_found_at_the_start_after_a_crash()
    {
        using (var child = MemoryChild.Start("answer-and-wait", Folder))
        {
            await child.NextLineAsync(Stop);
            await child.KillAsync(Stop);
        }

        DamageTurns();

        var (error, message) = await RefusalAsync(() => OpenAsync());

        Assert.Equal(MemoryError.Corrupt, error);
        Assert.StartsWith($"The database '{File}' is damaged or not a database (", message, StringComparison.Ordinal);
        Assert.EndsWith("); restore the newest copy in 'backups' beside it, or move it away to start anew.", message, StringComparison.Ordinal);
    }

    // The log is merged first; then the first page of the turns is overwritten, but not those that say who wrote.
    private void DamageTurns()
    {
        Text(File, "pragma journal_mode = delete");
        var page = Number(File, "select rootpage from sqlite_master where name = 'turns'");
        using var file = System.IO.File.OpenWrite(File);
        file.Position = (page - 1) * 4096;
        file.Write(Enumerable.Repeat((byte)0xA5, 4096).ToArray());
    }

    private async Task<List<Turn>> LatestPathAsync(MemoryDatabase database)
    {
        var session = await Sessions(database).LatestAsync(Stop);
        return await Log(database).PathAsync(session!.Id, Stop);
    }
}
