using System.Text.Json;
using PersonalAi.Memory.Conversations;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli;

public sealed class AskCommandTests
{
    [Fact]
    public async Task Prints_the_answer_and_nothing_else()
    {
        using var pai = PaiSandbox.WithStarter();

        var result = await pai.RunAsync("ask", "What is the capital of France?", "--temperature", "0");

        Assert.Equal(new PaiResult(0, "The capital of France is Paris.\n", ""), result);
    }

    [Fact]
    public async Task Json_has_the_answer_its_cost_and_where_it_is_stored()
    {
        using var pai = PaiSandbox.WithStories();

        var result = await pai.RunAsync("ask", "Hello", "--json", "--max-tokens", "5");

        using var json = JsonDocument.Parse(result.Output);
        var root = json.RootElement;
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            ["text", "session", "turn", "model", "snapshot", "finish_reason", "usage", "timings", "memories", "tools", "route", "error"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal("stories15M.F16", root.GetProperty("model").GetString());
        Assert.Equal("length", root.GetProperty("finish_reason").GetString());
        Assert.Equal(5, root.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal(0, root.GetProperty("usage").GetProperty("cached_tokens").GetInt32());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("error").ValueKind);
        var stored = Assert.Single(await pai.PathAsync());
        Assert.Equal(root.GetProperty("turn").GetString(), stored.Id.ToString());
        Assert.Equal(root.GetProperty("text").GetString(), stored.Answer);
        Assert.Equal("Hello", stored.Prompt);
        Assert.Equal(TurnStatus.Complete, stored.Outcome.Status);
        Assert.Equal(root.GetProperty("snapshot").GetString(), stored.Outcome.Snapshot);
    }

    [Fact]
    public async Task Stream_json_is_a_line_per_event_and_ends_with_the_whole_answer()
    {
        using var pai = PaiSandbox.WithStories();

        var result = await pai.RunAsync("ask", "Hello", "--stream-json", "--max-tokens", "5");

        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var text = string.Concat(lines.Where(line => TypeOf(line) == "text").Select(line => line.GetProperty("text").GetString()));
        Assert.Equal("started", TypeOf(lines[0]));
        Assert.Equal("completed", TypeOf(lines[^1]));
        Assert.Equal(lines[^1].GetProperty("text").GetString(), text);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_answer_in_two_runs()
    {
        using var pai = PaiSandbox.WithStories();
        string[] arguments = ["ask", "Hello", "--no-memory", "--temperature", "1.5", "--max-tokens", "20", "--seed"];

        var first = await pai.RunAsync([.. arguments, "7"]);
        var second = await pai.RunAsync([.. arguments, "7"]);
        var other = await pai.RunAsync([.. arguments, "8"]);

        Assert.Equal(first, second);
        Assert.NotEqual(first.Output, other.Output);
    }

    [Theory]
    [InlineData("Question", new string[0], "Question")]
    [InlineData("input\n", new[] { "text", "-" }, "text\n\ninput")]
    [InlineData("input\n", new[] { "text", "--stdin" }, "text\n\ninput")]
    [InlineData("ignored", new[] { "two", "words" }, "two words")]
    [InlineData("input", new[] { "-" }, "input")]
    public async Task The_question_comes_from_the_command_line_and_standard_input(string input, string[] words, string expected)
    {
        using var pai = PaiSandbox.WithStories();
        pai.Input = input;

        var result = await pai.RunAsync(["ask", .. words, "--max-tokens", "1"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(expected, Assert.Single(await pai.PathAsync()).Prompt);
    }

    [Fact]
    public async Task Nothing_to_ask_is_a_usage_error()
    {
        using var pai = new PaiSandbox();

        var result = await pai.RunAsync("ask");

        Assert.Equal(new PaiResult(2, "", "pai: Neither TEXT nor standard input has anything in it; see 'pai ask --help'.\n"), result);
    }

    [Fact]
    public async Task A_prompt_that_does_not_fit_is_refused_with_the_numbers_and_not_stored()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Input = string.Concat(Enumerable.Repeat("word ", 300));

        var result = await pai.RunAsync("ask", "--json");

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(6, result.ExitCode);
        Assert.Equal("prompt_too_long", json.RootElement.GetProperty("error").GetProperty("code").GetString());
        Assert.Matches(
            "^The message has 3\\d\\d tokens; with \\d+ for the persona and 64 for the answer that is more than the context window of 256: "
            + "shorten the message, or enlarge the window with --context\\.$",
            json.RootElement.GetProperty("error").GetProperty("message").GetString());
        Assert.Empty(await SessionsAsync(pai));
    }

    [Fact]
    public async Task Continue_takes_up_the_last_session()
    {
        using var pai = PaiSandbox.WithStories();
        await pai.RunAsync("ask", "One", "--max-tokens", "3");

        await pai.RunAsync("ask", "Two", "--continue", "--max-tokens", "3");

        Assert.Equal(["One", "Two"], (await pai.PathAsync()).Select(turn => turn.Prompt));
    }

    [Fact]
    public async Task What_was_piped_in_has_not_become_the_users_own_when_it_is_tried_again()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Input = "Two";
        await pai.RunAsync("ask", "One", "-", "--tools", "none", "--max-tokens", "3");
        pai.Input = "/retry\n";
        await pai.RunAsync("chat", "--plain", "--continue", "--tools", "none", "--max-tokens", "3");

        var turn = Assert.Single(await pai.PathAsync());

        Assert.Equal(("One\n\nTwo", 3), (turn.Prompt, turn.OwnLength));
        Assert.Equal(["standard input"], turn.Origins);
    }

    [Fact]
    public async Task Continue_without_a_session_says_so()
    {
        using var pai = PaiSandbox.WithStories();

        var result = await pai.RunAsync("ask", "Two", "--continue");

        Assert.Equal(new PaiResult(2, "", "pai: There is no session to continue yet: begin one without --continue.\n"), result);
    }

    [Fact]
    public async Task A_base_model_without_a_template_can_be_used_raw_only()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Environment.Remove("PAI_MODEL_TEMPLATE");

        var refused = await pai.RunAsync("ask", "Once upon a time");
        var raw = await pai.RunAsync("ask", "--raw", "Once upon a time", "--max-tokens", "9", "--repeat-penalty", "1");

        Assert.Equal(4, refused.ExitCode);
        Assert.Equal(
            "pai: The model \"stories15M.F16\" carries no chat template, so it is a base model: use \"pai ask --raw\", or set a template with --template.\n",
            refused.Error);
        Assert.Equal(new PaiResult(0, ", there was a little girl named Lily\n", ""), raw with { Error = "" });
    }

    [Fact]
    public async Task Time_that_runs_out_ends_the_answer_with_exit_code_5_and_keeps_what_came()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        using var pai = PaiSandbox.WithStarter(time);
        var running = pai.RunAsync("ask", "Count from one to five hundred.", "--temperature", "0", "--timeout", "3600", "--json");
        await pai.WaitForAnswerAsync(() => time.Advance(TimeSpan.FromSeconds(1)));

        time.Advance(TimeSpan.FromHours(1));
        var result = await running;

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(5, result.ExitCode);
        Assert.Equal("cancelled", json.RootElement.GetProperty("finish_reason").GetString());
        Assert.Equal(TurnStatus.Cancelled, Assert.Single(await pai.PathAsync()).Outcome.Status);
    }

    [Theory]
    [InlineData("--temprature", "'--temprature' is not an option of 'pai ask'; did you mean '--temperature'?")]
    [InlineData("-x", "'-x' is not an option of 'pai ask'; see 'pai ask --help'.")]
    public async Task An_option_that_does_not_exist_is_not_taken_for_text(string option, string message)
    {
        using var pai = PaiSandbox.WithStories();

        var result = await pai.RunAsync("ask", "Hello", option, "0");

        Assert.Equal(new PaiResult(2, "", $"pai: {message}\n"), result);
    }

    [Theory]
    [InlineData("-5", "plus 3", "-5 plus 3")]
    [InlineData("- a list", "item", "- a list item")]
    [InlineData("--", "--help me", "--help me")]
    public async Task Text_may_begin_with_a_dash(string first, string second, string expected)
    {
        using var pai = PaiSandbox.WithStories();

        var result = await pai.RunAsync("ask", "--max-tokens", "1", first, second);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(expected, Assert.Single(await pai.PathAsync()).Prompt);
    }

    [Fact]
    public async Task An_error_of_stream_json_is_a_line_like_the_others()
    {
        using var pai = PaiSandbox.WithStories();

        var result = await pai.RunAsync("ask", "Hello", "--stream-json", "--json", "--persona", "nobody");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            """{"type":"error","error":{"code":"usage","message":"There is no persona 'nobody'; there are coder, concise, default, tutor, writer."}}""" + "\n",
            result.Output);
    }

    [Theory]
    [InlineData("--schema", "absent.json", "There is no schema file 'absent.json'; check the path.")]
    [InlineData("--timeout", "0", "'0' is not a time limit; '--timeout' takes seconds above 0.")]
    public async Task Wrong_options_are_usage_errors(string option, string value, string message)
    {
        using var pai = PaiSandbox.WithStories();

        var result = await pai.RunAsync("ask", "Hello", option, value);

        Assert.Equal(new PaiResult(2, "", $"pai: {message}\n"), result);
    }

    private static string? TypeOf(JsonElement line) => line.GetProperty("type").GetString();

    private static async Task<List<Session>> SessionsAsync(PaiSandbox pai)
    {
        await using var database = await pai.OpenDatabaseAsync();
        return await new SessionCatalog(database, TimeProvider.System).ListAsync();
    }
}
