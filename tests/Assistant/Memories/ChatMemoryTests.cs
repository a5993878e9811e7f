using System.Text.Json;
using PersonalAi.Memory.Recall;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Memories;

public sealed class ChatMemoryTests
{
    private static readonly string[] Short = ["--max-tokens", "4", "--temperature", "0"];

    [Fact]
    public async Task What_was_said_in_one_session_is_recalled_in_another()
    {
        using var pai = PaiSandbox.WithStarter();
        await pai.RunAsync(["ask", "My sister Anna lives in Porto, near the river.", .. Short]);

        var result = await pai.RunAsync(["ask", "--json", "Where does my sister Anna live?", .. Short]);

        using var json = JsonDocument.Parse(result.Output);
        var memory = json.RootElement.GetProperty("memories").EnumerateArray().Single(memory => memory.GetProperty("text").GetString()!.StartsWith("My sister Anna lives in", StringComparison.Ordinal));
        Assert.Equal("My sister Anna lives in Porto, near the river.", memory.GetProperty("text").GetString());
        Assert.StartsWith("t-", memory.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.True(memory.GetProperty("score").GetDouble() > 0);
    }

    [Fact]
    public async Task The_memories_stand_before_the_question_dated_and_named_and_stay_there()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        using var pai = PaiSandbox.WithStarter(time);
        await pai.RunAsync(["ask", "My sister Anna lives in Porto, near the river.", .. Short]);
        time.Advance(TimeSpan.FromMinutes(1));
        await pai.RunAsync(["ask", "Where does my sister Anna live?", .. Short]);

        var turn = Assert.Single(await pai.PathAsync());

        Assert.Matches(
            "\\AWhat you know about me:\n- \\(m1, 2026-01-02\\) The user's sister Anna lives in Porto.*\nWhat I told you earlier:\n- \\(m\\d, 2026-01-02\\) My sister Anna lives in Porto, near the river\\.\n", turn.Memories);
        Assert.EndsWith("\n\n", turn.Memories, StringComparison.Ordinal);
        Assert.Equal("Where does my sister Anna live?", turn.Prompt);
    }

    [Fact]
    public async Task Without_memory_nothing_is_recalled_and_a_question_about_something_else_recalls_nothing()
    {
        using var pai = PaiSandbox.WithStarter();
        await pai.RunAsync(["ask", "My sister Anna lives in Porto, near the river.", .. Short]);

        var without = await pai.RunAsync(["ask", "--json", "--no-memory", "Where does my sister Anna live?", .. Short]);
        var other = await pai.RunAsync(["ask", "--json", "Explain quicksort briefly!", .. Short]);

        Assert.All([without, other], result => Assert.Contains("\"memories\": []", result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_memory_is_given_once_and_the_prefix_stays()
    {
        using var pai = PaiSandbox.WithStarter();
        await pai.RunAsync(["ask", "My sister Anna lives in Porto, near the river.", .. Short]);
        pai.Input = "Where does my sister Anna live?\nAnd once more: where does my sister Anna live?\nWhere, where does Anna live?\n";

        await pai.RunAsync(["chat", "--plain", "--tools", "none", .. Short]);

        var turns = await pai.PathAsync();
        Assert.Equal(3, turns.Count);
        Assert.Contains("Porto", turns[0].Memories, StringComparison.Ordinal);
        Assert.All(turns.Skip(1), turn => Assert.DoesNotContain("Porto, near the river", turn.Memories, StringComparison.Ordinal));
        var usages = turns.Select(turn => turn.Outcome.Usage!).ToList();
        Assert.All(usages.Zip(usages.Skip(1)), pair => Assert.InRange(pair.First.PromptTokens + pair.First.CompletionTokens - pair.Second.CachedTokens, 0, 3));
    }

    [Fact]
    public async Task The_memories_of_a_first_turn_take_an_eighth_of_the_window_at_most_and_why_names_those_left_out()
    {
        using var pai = PaiSandbox.WithStarter();
        pai.Input = string.Concat(Enumerable.Range(1, 12).Select(number => $"On day {number} my sister Anna was in Porto, walked along the river Douro for {number} hours, and wrote a letter home about it.\n"));
        await pai.RunAsync(["chat", "--plain", .. Short]);
        pai.Input = "What did my sister Anna do in Porto?\n/why\n";

        var result = await pai.RunAsync(["chat", "--plain", "--context", "1024", .. Short]);

        var turn = Assert.Single(await pai.PathAsync());
        await using var database = await pai.OpenDatabaseAsync();
        var memories = await new RecallLog(database, TimeProvider.System).ReadAsync(turn.Id, TestContext.Current.CancellationToken);
        Assert.InRange(memories.Memories.Where(memory => memory.IsGiven).Sum(memory => memory.Tokens), 1, 1024 / 8);
        Assert.Contains(memories.Memories, memory => !memory.IsGiven);
        Assert.Contains("left out for lack of room; /why shows them]", result.Output, StringComparison.Ordinal);
        Assert.Contains("Left out, since there was no room:", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"m1  t-[0-9a-f]{8}-[0-9a-f]{4}  today \d\d:\d\d  said in session [0-9a-f-]{13}: On day", result.Output);
        Assert.Matches(@"score \d\.\d\d, words \d+\.\d, ", result.Output);
        var why = await pai.RunAsync("memory", "why", turn.Id.ShortForm);
        Assert.Contains("Left out, since there was no room:", why.Output, StringComparison.Ordinal);
        Assert.EndsWith(why.Output, result.Output.TrimEnd() + "\n", StringComparison.Ordinal);
    }
}
