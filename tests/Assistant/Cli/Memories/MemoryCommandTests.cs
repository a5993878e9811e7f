using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Memories;

public sealed class MemoryCommandTests : MemoryCliTest
{
    [Fact]
    public async Task Add_takes_words_and_says_how_to_take_it_back()
    {
        var result = await RunAsync("add", "Anna", "is", "in", "Oslo.", "--kind", "relation", "--from", "2026-09", "--to", "2027-09-01", "--label", "never", "--pin");

        Assert.Matches(
            @"^Remembered as [0-9a-f-]{13} \(relation, pinned, never leaves, from 2026-09-01 until 2027-09-01\); 'pai memory undo' takes it back\.\n$", result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task List_shows_pinned_facts_first_and_tells_of_more()
    {
        var first = await AddAsync("I", "keep", "bees.", "--pin");
        await AddAsync("Two");
        var last = await AddAsync("Three", "--kind", "task");

        var result = await RunAsync("list", "--limit", "2");

        Assert.Equal(
            new PaiResult(
                0,
                $"""
                FACT           KNOWN SINCE  MARKS              TEXT
                {first}  today 03:04  knowledge, pinned  I keep bees.
                {last}  today 03:06  task               Three

                """,
                "Only 2 are shown; 'pai memory list --limit N' shows more.\n"),
            result);
    }

    [Fact]
    public async Task Json_of_a_fact_has_everything_that_is_stored_of_it()
    {
        var result = await RunAsync("add", "Anna is in Oslo.", "--kind", "relation", "--from", "2026-09-01", "--json");

        var fact = Json(result);
        Assert.Equal(
            ["id", "text", "kind", "valid_from", "valid_to", "recorded_at", "retracted_at", "supersedes", "confidence", "origin", "label", "pinned", "uses", "used_at", "reference"],
            fact.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ("Anna is in Oslo.", "relation", "2026-09-01T00:00:00+00:00", "user", "ask"),
            (fact.GetProperty("text").GetString(), fact.GetProperty("kind").GetString(), fact.GetProperty("valid_from").GetString(), fact.GetProperty("origin").GetString(), fact.GetProperty("label").GetString()));
    }

    [Fact]
    public async Task Show_has_the_turn_and_the_exact_words()
    {
        var (turn, fact) = await LearnAsync("My sister lives in Bergen.", "How nice.");

        var shown = await RunAsync("show", fact.Id.ShortForm);
        var json = Json(await RunAsync("show", fact.Id.ShortForm, "--json"));

        Assert.Equal(
            $"""
            My sister lives in Bergen.
              id             {fact.Id}
              kind           relation
              known since    today 03:04
              pinned         no
              may leave      ask
              confidence     1.00
              given          never
              origin         said by you
              said           today 03:04, session {turn.Session.ShortForm}, turn {turn.Id.ShortForm}, characters 7-33
              words          'My sister lives in Bergen.'

            """,
            shown.Output);
        Assert.Equal(
            (fact.Id.ToString(), turn.Id.ToString(), "My sister lives in Bergen."),
            (json.GetProperty("fact").GetProperty("id").GetString(), json.GetProperty("source").GetProperty("turn").GetString(), json.GetProperty("source").GetProperty("words").GetString()));
    }

    [Fact]
    public async Task Edit_history_and_undo_tell_the_same_story()
    {
        var old = await AddAsync("Anna lives in Bergen.");
        var edited = await RunAsync("edit", old, "Anna", "lives", "in", "Oslo.", "--from", "2026-01-01");
        var id = edited.Output.Split('(', ')')[1];
        var pinned = await RunAsync("pin", id);
        var labelled = await RunAsync("label", id, "never");
        var undone = await RunAsync("undo");

        var history = await RunAsync("history", old);
        var undoneTwice = await RunAsync("undo");

        Assert.Equal($"'Anna lives in Oslo.' ({id}) takes the place of 'Anna lives in Bergen.' ({old}): knowledge, from 2026-01-01.\n", edited.Output);
        Assert.Equal($"Sessions begin with 'Anna lives in Oslo.' ({id}) from the next one on.\n", pinned.Output);
        Assert.Equal($"'Anna lives in Oslo.' ({id}) never leaves this machine.\n", labelled.Output);
        Assert.Equal($"Undone: labelled 'Anna lives in Oslo.' ({id}), of today 03:07.\n", undone.Output);
        Assert.Equal(
            $"""
            VERSION        KNOWN SINCE  MARKS                                    TEXT
            {old}  today 03:04  knowledge, known until 2026-01-02 03:05  Anna lives in Bergen.
            {id}  today 03:05  knowledge, pinned, from 2026-01-01       Anna lives in Oslo.
            today 03:04  added 'Anna lives in Bergen.' ({old})
            today 03:05  edited to 'Anna lives in Oslo.' ({id})
            today 03:06  pinned 'Anna lives in Oslo.' ({id})
            today 03:07  labelled 'Anna lives in Oslo.' ({id}); undone today 03:08

            """,
            history.Output);
        Assert.Equal($"Undone: pinned 'Anna lives in Oslo.' ({id}), of today 03:06.\n", undoneTwice.Output);
    }

    [Fact]
    public async Task A_fact_ends_to_be_true_without_being_lost()
    {
        var id = await AddAsync("I work at the mill.", "--kind", "profile", "--from", "2020");

        var result = await RunAsync("edit", id, "--to", "2026-01-01");

        Assert.EndsWith("profile, from 2020-01-01 until 2026-01-01.\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pai: 'tasty' is not possible here; give one of profile, preference, event, relation, task, knowledge.\n", "add", "x", "--kind", "tasty")]
    [InlineData("pai: 'soon' is not a date for '--from', which takes one like 2026-03-01, 2026-03, or 2026-03-01T14:30.\n", "add", "x", "--from", "soon")]
    [InlineData("pai: An empty text cannot be remembered; say in a sentence what is known.\n", "add", " ")]
    [InlineData("pai: A fact cannot end to be true at '2026-01-01 00:00:00Z', before it begins at '2026-02-01 00:00:00Z'; give a later end.\n", "add", "x", "--from", "2026-02", "--to", "2026-01")]
    [InlineData("pai: No fact has an id that starts with 'ffff'; list the facts to see their ids.\n", "show", "ffff")]
    [InlineData("pai: There is nothing to undo.\n", "undo")]
    [InlineData("pai: 'pai memory forget' needs either ids of facts, or --matching, or --session; see 'pai memory forget --help'.\n", "forget")]
    [InlineData("pai: No fact has 'peanuts' in it; 'pai memory search' also finds other words for it.\n", "forget", "--matching", "peanuts")]
    public async Task What_is_wrong_is_said_and_changes_nothing(string message, params string[] arguments) =>
        Assert.Equal(new PaiResult(2, "", message), await RunAsync(arguments));

    [Fact]
    public async Task Search_shows_arms_and_sources_and_says_when_it_has_words_only()
    {
        var (turn, fact) = await LearnAsync("My sister lives in Bergen.", "How nice.");

        var result = await RunAsync("search", "Where", "does", "my", "sister", "live?");
        var json = Json(await RunAsync("search", "sister", "--json", "--kind", "relation"));

        Assert.StartsWith("Only words are searched, not meaning: ", result.Error, StringComparison.Ordinal);
        Assert.Contains($"fact {fact.Id.ShortForm}  today 03:04  words ", result.Output, StringComparison.Ordinal);
        Assert.Contains($"you, turn {turn.Id.ShortForm}  today 03:04  words ", result.Output, StringComparison.Ordinal);
        var hit = Assert.Single(json.EnumerateArray());
        Assert.Equal((fact.Id.ToString(), "fact"), (hit.GetProperty("id").GetString(), hit.GetProperty("part").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, hit.GetProperty("arms").GetProperty("cosine").ValueKind);
    }

    [Fact]
    public async Task Search_finds_meaning_and_what_was_known_then()
    {
        Pai.Environment["PAI_MODEL_EMBEDDING"] = TestModels.MiniLmPath;
        Pai.Environment["PAI_MODELS"] = TestModels.Folder;
        Pai.Environment["PAI_MODEL_THREADS"] = "1";
        var old = await AddAsync("I keep bees.");
        await RunAsync("edit", old, "I sold my hives.");

        var now = Json(await RunAsync("search", "apiculture", "--json"));
        var then = Json(await RunAsync("search", "apiculture", "--as-of", "2026-01-02T03:04:30", "--json"));

        Assert.Equal("I sold my hives.", Assert.Single(now.EnumerateArray()).GetProperty("text").GetString());
        Assert.Equal("I keep bees.", Assert.Single(then.EnumerateArray()).GetProperty("text").GetString());
        Assert.InRange(now[0].GetProperty("arms").GetProperty("cosine").GetDouble(), 0.05, 1);
    }

    [Fact]
    public async Task Stats_count_what_is_there()
    {
        await LearnAsync("My sister lives in Bergen.", "How nice.");
        await AddAsync("I keep bees.", "--kind", "profile", "--pin");

        var stats = Json(await RunAsync("stats", "--json"));

        Assert.Equal(
            """{"profile":1,"relation":1} 1 0 2 1 1 0 2""",
            $"{System.Text.Json.JsonSerializer.Serialize(stats.GetProperty("facts"))} " + string.Join(' ', new[] { "pinned", "old_versions", "changes", "sessions", "turns", "documents", "passages" }.Select(name => stats.GetProperty(name).GetInt64())));
    }

    [Fact]
    public async Task Verify_ends_with_7_where_something_is_wrong_and_repairs_it()
    {
        await AddAsync("I keep bees.");
        var well = await RunAsync("verify");
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(Pai.Data, "pai.db")};Pooling=False"))
        {
            await connection.OpenAsync(Stop);
            using var command = connection.CreateCommand();
            command.CommandText = "delete from passages";
            await command.ExecuteNonQueryAsync(Stop);
        }

        var broken = await RunAsync("verify");
        var repaired = Json(await RunAsync("verify", "--repair", "--json"));

        Assert.Equal(new PaiResult(0, "All is well: everything that is stored belongs together.\n", ""), well);
        Assert.Equal(new PaiResult(7, "facts      1 facts are half-written: they cannot be searched.\n'pai memory verify --repair' makes good what can be.\n", ""), broken);
        Assert.True(repaired.GetProperty("ok").GetBoolean());
        Assert.Equal("facts", repaired.GetProperty("repaired")[0].GetProperty("check").GetString());
    }

    [Fact]
    public async Task The_chat_has_the_same_commands()
    {
        Pai.Input = "/memory add I keep \"many\" bees.\n/memory\n/memory ad x\n/memory forget --matching \"keep \"\n/memory forget --matching bees --yes\n/memory undo\n";

        var result = await Pai.RunAsync("chat", "--plain");

        var said = result.Output.Split('\n').SkipWhile(line => !line.StartsWith("Remembered", StringComparison.Ordinal)).Select(line => line.Replace(Pai.Data, "DATA", StringComparison.Ordinal)).ToList();
        var id = said[0].Split(' ')[2];
        Assert.Equal(
            [
                $"Remembered as {id} (knowledge); 'pai memory undo' takes it back.",
                "FACT           KNOWN SINCE  MARKS      TEXT",
                $"{id}  today 03:04  knowledge  I keep \"many\" bees.",
                $"{id}  knowledge: I keep \"many\" bees.",
                "That would forget 1 fact for ever; say it again with --yes to allow it.",
                $"{id}  knowledge: I keep \"many\" bees.",
                "Forgotten: 1 fact, 1 passage, 0 vectors, 0 summaries, and what models had read of 0 sessions.",
            ],
            said.Take(7));
        Assert.Equal("Found: nothing.", said[8]);
        Assert.Equal("pai: 'ad' is not a command of 'pai memory'; did you mean 'add'?\npai: There is nothing to undo.\n", result.Error);
    }
}
