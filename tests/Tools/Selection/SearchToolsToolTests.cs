using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.Selection;
using Xunit;

namespace PersonalAi.Tests.Tools.Selection;

public sealed class SearchToolsToolTests
{
    private readonly List<Tool> _found = [];

    [Fact]
    public async Task Tools_are_found_by_what_they_do_and_told_of()
    {
        var search = Search(DescribedTool.Create("get_weather", "Get the weather of a place.\nA second line."), DescribedTool.Create("play_music", "Plays a song."));

        var answer = await search.CallAsync(new { query = "weather forecast" }, TestContext.Current.CancellationToken);

        Assert.Contains("get_weather: Get the weather of a place.", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("second", answer, StringComparison.Ordinal);
        Assert.Equal(["get_weather"], _found.Select(tool => tool.Name));
    }

    [Fact]
    public async Task What_there_is_not_is_said()
    {
        var search = Search(DescribedTool.Create("play_music", "Plays a song."));

        var answer = await search.CallAsync(new { query = "weather" }, TestContext.Current.CancellationToken);

        Assert.Contains("There is no such tool: go on without one, or ask for it in other words.", answer, StringComparison.Ordinal);
        Assert.Empty(_found);
    }

    [Fact]
    public async Task What_a_server_says_of_its_tools_is_its_own_word_and_is_made_visible()
    {
        var search = Search(DescribedTool.Create("get_weather", "Weather\u202Etxet") with { Source = "weather-server" });

        var answer = (ToolAnswer?)await Answers(search, "weather");

        Assert.Equal(("get_weather: Weather\\u{202E}txet", "the tool descriptions of weather-server"), (answer!.Text, Assert.Single(answer.Origins)));
    }

    private static async Task<object?> Answers(Tool search, string query)
    {
        var result = await search.Function.InvokeAsync(new() { ["query"] = query }, TestContext.Current.CancellationToken);
        return result as ToolAnswer ?? System.Text.Json.JsonSerializer.Deserialize<ToolAnswer>((System.Text.Json.JsonElement)result!, Microsoft.Extensions.AI.AIJsonUtilities.DefaultOptions);
    }

    private Tool Search(params Tool[] tools) =>
        SearchToolsTool.Create(new ToolSelection(embeddings: null), _ => Task.FromResult<IReadOnlyList<Tool>>(tools), _found.AddRange);
}
