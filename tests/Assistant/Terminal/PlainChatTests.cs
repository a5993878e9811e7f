using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Memory.Conversations;
using Xunit;

namespace PersonalAi.Tests.Assistant.Terminal;

public sealed class PlainChatTests
{
    private static readonly string[] Chat = ["chat", "--plain", "--max-tokens", "6"];

    [Fact]
    public async Task Answers_line_after_line_and_uses_the_cache_again()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Input = "First\nSecond\n";

        var result = await pai.RunAsync(Chat);

        var turns = await pai.PathAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["First", "Second"], turns.Select(turn => turn.Prompt));
        Assert.All(turns, turn => Assert.Contains(turn.Answer, result.Output, StringComparison.Ordinal));
        Assert.Equal(0, turns[0].Outcome.Usage!.CachedTokens);
        Assert.True(turns[1].Outcome.Usage!.CachedTokens >= turns[0].Outcome.Usage!.PromptTokens + 5);
    }

    [Fact]
    public async Task The_welcome_shows_only_before_the_first_session()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Input = "Hello\n";

        var first = await pai.RunAsync(Chat);
        var second = await pai.RunAsync(Chat);

        Assert.StartsWith("Welcome to pai", first.Output, StringComparison.Ordinal);
        Assert.StartsWith("stories15M.F16, default persona, 256 tokens of context; /help shows what you can type.\n", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_window_is_compacted_once_and_the_user_is_told()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Input = string.Concat(Enumerable.Range(1, 9).Select(i => string.Create(CultureInfo.InvariantCulture, $"Tell me of the {i} dogs and the cat in the garden.\n")));

        var result = await pai.RunAsync(Chat);

        var turns = await pai.PathAsync();
        Assert.Equal(9, turns.Count);
        Assert.Contains("older turns were replaced by a summary, since the context window was full: ", result.Output, StringComparison.Ordinal);
        await using var database = await pai.OpenDatabaseAsync();
        var log = new ConversationLog(database, TimeProvider.System, NullLogger<ConversationLog>.Instance);
        var summary = await log.LatestSummaryAsync(turns[0].Session, TestContext.Current.CancellationToken);
        Assert.NotEmpty(summary!.Text);
        Assert.All(turns, turn => Assert.InRange(turn.Outcome.Usage!.PromptTokens, 1, 256 - 6));

        // Right after the summary the prefix is another one; every other turn finds its prefix in the cache.
        var compactions = result.Output.Split("older turns were replaced").Length - 1;
        Assert.Equal(compactions, turns.Skip(1).Count(turn => turn.Outcome.Usage!.CachedTokens < 40));
    }

    [Fact]
    public async Task In_twenty_turns_only_what_is_new_is_evaluated_but_after_a_compaction()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Input = string.Concat(Enumerable.Range(1, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"Tell me of the {i} dogs in the garden.\n")));

        var result = await pai.RunAsync(Chat);

        var usages = (await pai.PathAsync()).Select(turn => turn.Outcome.Usage!).ToArray();
        var evaluatedAnew = usages.Zip(usages.Skip(1), (before, now) => before.PromptTokens + before.CompletionTokens - now.CachedTokens).ToArray();
        var compactions = result.Output.Split("older turns were replaced").Length - 1;
        Assert.InRange(compactions, 1, 9);
        Assert.Equal(compactions, evaluatedAnew.Count(tokens => tokens > 3));
    }

    [Fact]
    public async Task A_message_of_several_lines_stands_between_triple_quotes()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Input = "\"\"\"one\n  two\nthree\"\"\"\n";

        await pai.RunAsync(Chat);

        Assert.Equal("one\n  two\nthree", Assert.Single(await pai.PathAsync()).Prompt.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Retry_answers_again_and_undo_takes_back()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Input = "First\nSecond\n/retry\n/undo\nThird\n";

        var result = await pai.RunAsync(Chat);

        Assert.Contains("Taken back: Second\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(["First", "Third"], (await pai.PathAsync()).Select(turn => turn.Prompt));
        await using var database = await pai.OpenDatabaseAsync();
        Assert.Equal(4, Assert.Single(await new SessionCatalog(database, TimeProvider.System).ListAsync(cancellationToken: TestContext.Current.CancellationToken)).TurnCount);
    }

    [Fact]
    public async Task New_begins_another_session()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Input = "First\n/new\nSecond\n";

        await pai.RunAsync(Chat);

        Assert.Equal(["Second"], (await pai.PathAsync()).Select(turn => turn.Prompt));
    }

    [Fact]
    public async Task Persona_system_and_tokens_show_and_change_what_the_model_is_told()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Input = "/persona concise\n/system\n/system Be a cat.\n/tokens\n/system default\n/persona nobody\n";

        var result = await pai.RunAsync(Chat);

        Assert.Contains("concise answers from now on.\nAnswer in at most three sentences.", result.Output, StringComparison.Ordinal);
        Assert.Matches("Be a cat\\.\n  instructions +1\\d\n  history, 0 turns +0\n", result.Output);
        Assert.Contains("pai: There is no persona 'nobody'; ", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public async Task Save_says_where_it_cannot_write()
    {
        using var pai = PaiSandbox.WithStories();
        var folder = Path.Combine(pai.Data, "absent");
        pai.Input = $"First\n/save {Path.Combine(folder, "saved.md")}\n";

        var result = await pai.RunAsync(Chat);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal($"pai: There is no folder '{folder}' for 'saved.md'; make it, or choose another.\n", result.Error);
    }

    [Fact]
    public async Task Save_writes_markdown_and_never_over_a_file()
    {
        using var pai = PaiSandbox.WithStories();
        var file = Path.Combine(pai.Data, "saved.md");
        pai.Input = $"First\n/save {file}\n/save {file}\n";

        var result = await pai.RunAsync(Chat);

        Assert.Contains("First", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal($"pai: '{file}' exists already: choose another name.\n", result.Error);
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_leaves_the_one_before_answering()
    {
        using var pai = PaiSandbox.WithStories();
        var broken = pai.Write("broken.gguf", "GGUF");
        pai.Input = $"/model {broken}\nHello\n";

        var result = await pai.RunAsync(Chat);

        Assert.StartsWith("pai: The model file \"broken.gguf\"", result.Error, StringComparison.Ordinal);
        Assert.Equal(4, result.ExitCode);
        Assert.Single(await pai.PathAsync());
    }

    [Fact]
    public async Task An_unknown_command_suggests_the_nearest()
    {
        using var pai = PaiSandbox.WithStories();
        pai.Input = "/hlep\n/quit\nnever sent\n";

        var result = await pai.RunAsync(Chat);

        Assert.Equal("pai: '/hlep' is not a command; did you mean '/help'?\n", result.Error);
        Assert.DoesNotContain("never sent", result.Output, StringComparison.Ordinal);
    }
}
