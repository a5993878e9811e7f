using System.Text.Json;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Sessions;

public sealed class SessionsListTests : SessionsTest
{
    [Fact]
    public async Task Lists_the_last_used_first()
    {
        var older = await AddAsync("How do I bake bread?", "Slowly.");
        var newer = await AddAsync("What is \e[31mtail\e[0m recursion?", "A call that comes last.");

        var result = await Pai.RunAsync("sessions");

        Assert.Equal(
            new PaiResult(
                0,
                $"""
                SESSION        LAST USED    TURNS  PERSONA  MODEL          TITLE
                {newer.Id.ShortForm}  today 03:05  1      default  llama/starter  What is tail recursion?
                {older.Id.ShortForm}  today 03:04  1      default  llama/starter  How do I bake bread?

                """,
                ""),
            result);
    }

    [Fact]
    public async Task Says_so_where_there_are_none()
    {
        Assert.Equal(new PaiResult(0, "", "There are no sessions yet; 'pai' opens the first.\n"), await Pai.RunAsync("sessions", "list"));
        Assert.Equal(new PaiResult(0, "[]\n", ""), await Pai.RunAsync("sessions", "list", "--json"));
    }

    [Fact]
    public async Task Says_when_there_are_more_than_it_shows()
    {
        await AddAsync("One", "1");
        var two = await AddAsync("Two", "2");

        var result = await Pai.RunAsync("sessions", "list", "--limit", "1");
        var all = await Pai.RunAsync("sessions", "list", "--limit", "2");

        Assert.Equal(2, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains(two.Id.ShortForm, result.Output, StringComparison.Ordinal);
        Assert.Equal("Only the last 1 are shown; 'pai sessions list --limit N' shows more.\n", result.Error);
        Assert.Equal("", all.Error);
    }

    [Theory]
    [InlineData("0", "pai: '0' is not allowed for '--limit', which takes a whole number from 1 on.\n")]
    [InlineData("few", "pai: 'few' is not a whole number, which '--limit' takes; see 'pai sessions list --help'.\n")]
    public async Task A_limit_is_a_number_from_1_on(string limit, string sentence) =>
        Assert.Equal(new PaiResult(2, "", sentence), await Pai.RunAsync("sessions", "list", "--limit", limit));

    [Fact]
    public async Task All_shows_the_trash_too()
    {
        var deleted = await AddAsync("One", "1");
        var kept = await AddAsync("Two", "2");
        await Pai.RunAsync("sessions", "delete", deleted.Id.ToString());

        var usual = await Pai.RunAsync("sessions", "list", "--json");
        var all = await Pai.RunAsync("sessions", "list", "--all");

        Assert.Equal([kept.Id.ToString()], Ids(usual));
        Assert.Contains($"{deleted.Id.ShortForm}  today 03:04  1      default  llama/starter  One (in the trash)\n", all.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_an_array_of_sessions()
    {
        var session = await AddAsync("One", "1");

        var result = await Pai.RunAsync("sessions", "--json");

        Assert.Equal(
            $$"""
            [
              {
                "id": "{{session.Id}}",
                "title": "One",
                "persona": "default",
                "model": "llama/starter",
                "system_prompt": null,
                "created_at": "2026-01-02T03:04:05+00:00",
                "updated_at": "2026-01-02T03:04:05+00:00",
                "deleted_at": null,
                "turns": 1
              }
            ]

            """,
            result.Output);
    }

    private static IEnumerable<string?> Ids(PaiResult result)
    {
        using var json = JsonDocument.Parse(result.Output);
        return [.. json.RootElement.EnumerateArray().Select(item => item.GetProperty("id").GetString())];
    }
}
