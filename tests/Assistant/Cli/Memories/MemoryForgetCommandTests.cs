using PersonalAi.Memory.Forgetting;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Memories;

public sealed class MemoryForgetCommandTests : MemoryCliTest
{
    [Fact]
    public async Task It_shows_what_went_and_that_nothing_is_left()
    {
        var (turn, fact) = await LearnAsync("My sister Quirina lives in Zanzibar.", "So your sister Quirina lives in Zanzibar. Nice.");
        Pai.Write($"kv/{turn.Session}.kv", "what the model has read");
        Pai.Write("kv/other.kv", "of another session");

        var result = await RunAsync("forget", fact.Id.ShortForm, "--source", "--yes");
        var after = await RunAsync("show", fact.Id.ShortForm);
        var words = (await Pai.PathAsync())[0];

        Assert.Matches(
            $"""
            ^{fact.Id.ShortForm}  relation: My sister Quirina lives in Zanzibar\.
            These words become \[forgotten\]:
              you, turn {turn.Id.ShortForm}: 'My sister Quirina lives in Zanzibar\.'
              answer, turn {turn.Id.ShortForm}: 'So your sister Quirina lives in Zanzibar\.'
            Forgotten: 1 fact, 1 passage, 0 vectors, 0 summaries, and what models had read of 1 session\.
            Searched: \d files of .* in '.*', and every row of the database\.
            Found: nothing\.
            $
            """.ReplaceLineEndings("\n"),
            result.Output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(2, after.ExitCode);
        Assert.Equal(("Hello! [forgotten]", "[forgotten] Nice."), (words.Prompt, words.Answer));
        Assert.Equal(["other.kv"], Directory.GetFiles(Path.Combine(Pai.Data, "kv")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_stays_in_the_conversation_a_log_and_a_backup_is_told()
    {
        var (turn, fact) = await LearnAsync("My sister Quirina lives in Zanzibar.", "Nice.");
        Pai.Write("logs/old.log", "It said: My sister Quirina lives in Zanzibar.");
        Pai.Write("backups/pai-1.db", "SQLite format 3\0 My sister Quirina lives in Zanzibar");
        Pai.Write("backups/pai-2.db", "SQLite format 3\0 of something else");

        var result = await RunAsync("forget", fact.Id.ShortForm, "--yes");
        var json = Json(await ForgetAgainAsync());

        Assert.Contains($"These words stay in the conversations; --source takes them out too:\n  you, turn {turn.Id.ShortForm}: ", result.Output, StringComparison.Ordinal);
        Assert.Contains($"  {Path.Combine("logs", "old.log")}: 1 times 'My sister Quirina lives in Zanzibar'\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("  turns.prompt: 1 times 'My sister Quirina lives in Zanzibar'\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("  'Quirina' also stands in turns.prompt, 1 times: 'pai memory search' shows what it says there.\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("The backup 'pai-1.db' still holds it: it goes after 9 more backups, or when you delete it.\n", result.Output, StringComparison.Ordinal);
        Assert.Equal("pai-1.db", Assert.Single(json.GetProperty("backups").EnumerateArray()).GetProperty("file").GetString());
        Assert.True(json.GetProperty("cleaned").GetBoolean());
    }

    [Fact]
    public async Task An_encrypted_backup_may_hold_it()
    {
        var id = await AddAsync("I keep bees.");
        Pai.Write("backups/pai-1.db", "0123456789abcdef, and no more of it can be read");

        var result = await RunAsync("forget", id, "--yes");

        Assert.EndsWith(
            "Found: nothing.\nThe backup 'pai-1.db' is encrypted and may hold it: it goes after 10 more backups, or when you delete it.\n",
            result.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_to_ask_means_no_and_a_no_changes_nothing()
    {
        var id = await AddAsync("I keep bees.");

        var unasked = await RunAsync("forget", id);
        Pai.IsTerminal = true;
        Pai.Input = "n\n";
        var declined = await RunAsync("forget", id);

        Assert.Equal((3, "pai: Nobody can be asked here whether to forget 1 fact for ever; give --yes to allow it.\n"), (unasked.ExitCode, unasked.Error));
        Assert.Equal(3, declined.ExitCode);
        Assert.Equal(1, Json(await RunAsync("list", "--json")).GetArrayLength());
    }

    [Fact]
    public async Task A_session_is_forgotten_with_its_facts()
    {
        var (turn, _) = await LearnAsync("My sister Quirina lives in Zanzibar.", "Nice to hear, very nice indeed.");
        await AddAsync("I keep bees.");

        var json = Json(await RunAsync("forget", "--session", turn.Session.ShortForm, "--yes", "--json"));

        Assert.Equal((turn.Session.ToString(), 1, 0), (json.GetProperty("session").GetString(), json.GetProperty("turns").GetInt32(), json.GetProperty("found").GetArrayLength()));
        Assert.Equal("I keep bees.", Assert.Single(Json(await RunAsync("list", "--json")).EnumerateArray()).GetProperty("text").GetString());
        Assert.Equal("[]\n", (await Pai.RunAsync("sessions", "list", "--all", "--json")).Output);
    }

    [Fact]
    public async Task The_next_start_finishes_what_a_killed_one_could_not()
    {
        var (turn, fact) = await LearnAsync("My sister Quirina lives in Zanzibar.", "Nice.");
        Pai.Write($"kv/{turn.Session}.kv", "what the model has read");
        await using (var database = await Pai.OpenDatabaseAsync())
        {
            await new MemoryEraser(database).ForgetAsync(new ForgetRequest { Facts = [fact.Id], Source = true }, Stop);
        }

        await RunAsync("list");

        Assert.Empty(Directory.GetFiles(Path.Combine(Pai.Data, "kv")));
        Assert.Equal(0, (await RunAsync("verify")).ExitCode);
        Assert.Empty((await TraceSearch.InFilesAsync(Pai.Data, ["Quirina", "Zanzibar"], Stop)).Found);
    }

    private async Task<PaiResult> ForgetAgainAsync()
    {
        await AddAsync("My sister Quirina lives in Zanzibar");
        return await RunAsync("forget", "--matching", "QUIRINA", "--yes", "--json");
    }
}
