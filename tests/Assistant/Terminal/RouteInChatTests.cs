using Xunit;

namespace PersonalAi.Tests.Assistant.Terminal;

public sealed class RouteInChatTests
{
    [Fact]
    public async Task A_chat_shows_the_route_of_its_last_answer_and_takes_thumbs()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Input = "/route\n/good\nOnce upon a time\n/route\n/bad\n/route\n";

        var result = await pai.RunAsync("chat", "--max-tokens", "6");

        var turn = (await pai.PathAsync())[0];
        Assert.Contains("pai: There is no answer to explain yet.\npai: There is no answer to rate yet.\n", result.Error, StringComparison.Ordinal);
        Assert.Contains($"Turn {turn.Id.ShortForm}, step by step:\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("  answer       main local model   stories15M.F16 runs on this machine, and every question is asked there first\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("no model elsewhere is configured, so nothing is proposed\nNothing is proposed.\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith($"Nothing is proposed.\nYou found the answer of turn {turn.Id.ShortForm} bad.\n", result.Output.TrimEnd() + "\n", StringComparison.Ordinal);
        Assert.False(turn.Thumb!.IsGood);
        Assert.Equal(6, turn.Route!.Confidence!.Tokens);
    }

    [Fact]
    public async Task Where_asking_elsewhere_is_proposed_one_line_says_so_and_nothing_is_sent()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Environment["PAI_FRONTIER_MODEL"] = "openai/gpt-5";
        pai.Environment["PAI_FRONTIER_CONSENT"] = "ask";

        var result = await pai.RunAsync("ask", "Once upon a time", "--max-tokens", "6", "--no-memory");

        Assert.Contains(
            "[escalation to openai/gpt-5 is proposed, because the answer reached its token limit; nothing has been sent, and --escalate asks you first]\n", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Once upon a time", string.Concat((await pai.PathAsync())[0].Route!.Steps.SelectMany(step => step.Reasons)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_consent_is_off_the_route_says_so_and_nothing_is_proposed()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Environment["PAI_FRONTIER_MODEL"] = "openai/gpt-5";

        var result = await pai.RunAsync("ask", "Once upon a time", "--max-tokens", "6", "--no-memory");

        var answer = (await pai.PathAsync())[0].Route!.Steps[^1];
        Assert.Equal((null, "consent is off, so nothing is proposed"), (answer.Suggestion, answer.Reasons[^1]));
        Assert.DoesNotContain("proposed", result.Error, StringComparison.Ordinal);
    }
}
