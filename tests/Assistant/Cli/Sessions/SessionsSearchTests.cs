using System.Text.Json;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Sessions;

public sealed class SessionsSearchTests : SessionsTest
{
    [Fact]
    public async Task Finds_turns_that_have_every_word()
    {
        var bread = await AddAsync("How do I bake bread?", "Mix flour\nand water.");
        await AddAsync("How do I bake a cake?", "With butter.");

        var result = await Pai.RunAsync("sessions", "search", "flours", "water");

        Assert.Equal(new PaiResult(0, $"{bread.Id.ShortForm}  today 03:04  How do I bake bread?\n    Mix flour and water.\n", ""), result);
    }

    [Fact]
    public async Task Matches_are_bold_on_a_terminal()
    {
        await AddAsync("Flour?", "Rye \e[31mflour\e[0m is grey.");
        Pai.IsTerminal = true;

        var result = await Pai.RunAsync("sessions", "search", "grey");

        Assert.EndsWith("\n    Rye flour is \e[1mgrey\e[0m.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_names_turn_and_session_and_what_matched()
    {
        var session = await AddAsync("Which flour?", "Rye flour.");

        var result = await Pai.RunAsync("sessions", "search", "rye", "--json");

        using var json = JsonDocument.Parse(result.Output);
        var hit = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal(session.Head.ToString(), hit.GetProperty("id").GetString());
        Assert.Equal((session.Id.ToString(), "Rye flour."), (hit.GetProperty("session").GetString(), hit.GetProperty("snippet").GetString()));
        Assert.Equal("Rye", Assert.Single(hit.GetProperty("matches").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("xylophone", 0, "Nothing was found for 'xylophone'.\n")]
    [InlineData("?!", 2, "pai: The search '?!' has no letter or digit in it; give a word to search for.\n")]
    public async Task What_finds_nothing_says_why(string words, int exitCode, string sentence) =>
        Assert.Equal(new PaiResult(exitCode, "", sentence), await Pai.RunAsync("sessions", "search", words));

    [Fact]
    public async Task The_trash_is_not_searched()
    {
        var session = await AddAsync("Flour?", "Rye.");
        await Pai.RunAsync("sessions", "delete", session.Id.ToString());

        Assert.Equal(new PaiResult(0, "[]\n", ""), await Pai.RunAsync("sessions", "search", "rye", "--json"));
    }
}
