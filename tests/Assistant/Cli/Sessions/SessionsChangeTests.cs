using System.Text.Json;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Sessions;

public sealed class SessionsChangeTests : SessionsTest
{
    [Fact]
    public async Task Rename_takes_words()
    {
        var session = await AddAsync("Bread?", "Flour.");

        var result = await Pai.RunAsync("sessions", "rename", session.Id.ShortForm, "Bread", "for", "beginners");

        Assert.Equal(new PaiResult(0, $"Renamed 'Bread?' to 'Bread for beginners' ({session.Id.ShortForm}).\n", ""), result);
        Assert.Equal("Bread for beginners", (await GetAsync(session.Id)).Title);
    }

    [Fact]
    public async Task A_title_needs_something_to_show() => Assert.Equal(
        new PaiResult(2, "", "pai: The title ' ' has nothing to show; give one with a word in it.\n"),
        await Pai.RunAsync("sessions", "rename", (await AddAsync("Bread?", "Flour.")).Id.ShortForm, " "));

    [Fact]
    public async Task Delete_says_how_to_undo_it_and_restore_does()
    {
        var one = await AddAsync("One", "1");
        var two = await AddAsync("Two", "2");

        var deleted = await Pai.RunAsync("sessions", "delete", one.Id.ShortForm, two.Id.ShortForm);
        var trashed = (await GetAsync(one.Id)).DeletedAt;
        var restored = await Pai.RunAsync("sessions", "restore", one.Id.ShortForm);

        Assert.Equal(
            new PaiResult(
                0,
                $"""
                'One' ({one.Id.ShortForm}) is in the trash now; 'pai sessions restore {one.Id.ShortForm}' takes it out again.
                'Two' ({two.Id.ShortForm}) is in the trash now; 'pai sessions restore {two.Id.ShortForm}' takes it out again.

                """,
                ""),
            deleted);
        Assert.Equal(Time.GetUtcNow(), trashed);
        Assert.Equal(new PaiResult(0, $"'One' ({one.Id.ShortForm}) is among the sessions again.\n", ""), restored);
        Assert.Null((await GetAsync(one.Id)).DeletedAt);
        Assert.NotNull((await GetAsync(two.Id)).DeletedAt);
    }

    [Fact]
    public async Task Where_one_id_is_wrong_nothing_is_deleted()
    {
        var session = await AddAsync("One", "1");

        var result = await Pai.RunAsync("sessions", "delete", session.Id.ShortForm, "ffff");

        Assert.Equal(2, result.ExitCode);
        Assert.Null((await GetAsync(session.Id)).DeletedAt);
    }

    [Fact]
    public async Task Json_is_what_became_of_them()
    {
        var session = await AddAsync("One", "1");

        var deleted = await Pai.RunAsync("sessions", "delete", session.Id.ShortForm, "--json");
        var renamed = await Pai.RunAsync("sessions", "rename", session.Id.ShortForm, "Two", "--json");

        using var list = JsonDocument.Parse(deleted.Output);
        using var one = JsonDocument.Parse(renamed.Output);
        Assert.Equal("2026-01-02T03:05:05+00:00", Assert.Single(list.RootElement.EnumerateArray()).GetProperty("deleted_at").GetString());
        Assert.Equal("Two", one.RootElement.GetProperty("title").GetString());
    }
}
