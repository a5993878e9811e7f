using System.Text.Json;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Eval;

public sealed class EvalPerplexityTests : IDisposable
{
    private readonly PaiSandbox _pai = PaiSandbox.WithStories();

    public void Dispose() => _pai.Dispose();

    [Fact]
    public async Task The_figure_comes_as_text_and_as_json()
    {
        var file = _pai.Write("story.txt", string.Concat(Enumerable.Repeat("Once upon a time there was a dog. He liked to play with a ball in the park.\n", 10)));

        var text = await _pai.RunAsync("eval", "perplexity", "--file", file, "--context", "64", "--chunks", "2");
        var result = await _pai.RunAsync("eval", "perplexity", "--file", file, "--context", "64", "--chunks", "2", "--json");

        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal((0, "", 0, ""), (text.ExitCode, text.Error, result.ExitCode, result.Error));
        Assert.Equal(
            $"stories15M.F16: 62 tokens of 2 chunks of 64 tokens were predicted.\nPPL = {json.GetProperty("perplexity").GetDouble():0.0000} +/- {json.GetProperty("standard_error").GetDouble():0.00000}\n",
            text.Output);
        Assert.Equal((file, 64, 2, 62), (json.GetProperty("file").GetString(), json.GetProperty("context_tokens").GetInt32(), json.GetProperty("chunks").GetInt32(), json.GetProperty("scored_tokens").GetInt32()));
        Assert.InRange(json.GetProperty("perplexity").GetDouble(), 1, 10);
    }

    [Theory]
    [InlineData("--context", "3", "pai: '3' is not allowed for '--context', which takes a whole number from 4 on.\n")]
    [InlineData("--chunks", "0", "pai: '0' is not allowed for '--chunks', which takes a whole number from 1 on.\n")]
    public async Task A_number_that_makes_no_sense_is_refused(string option, string value, string expected) =>
        Assert.Equal(new PaiResult(2, "", expected), await _pai.RunAsync("eval", "perplexity", "--file", "story.txt", option, value));

    [Fact]
    public async Task A_file_that_is_absent_or_no_text_is_refused()
    {
        var binary = Path.Combine(_pai.Data, "picture.png");
        await File.WriteAllBytesAsync(binary, [0x89, 0x50, 0xFF, 0xFE], TestContext.Current.CancellationToken);

        var absent = await _pai.RunAsync("eval", "perplexity", "--file", "/nowhere/story.txt");
        var broken = await _pai.RunAsync("eval", "perplexity", "--file", binary);

        Assert.Equal(new PaiResult(2, "", "pai: There is no file '/nowhere/story.txt': check the path.\n"), absent);
        Assert.Equal(new PaiResult(2, "", $"pai: The file '{binary}' is not UTF-8 text: convert it first.\n"), broken);
    }

    [Fact]
    public async Task On_a_terminal_the_line_of_progress_makes_way_for_the_result()
    {
        _pai.IsTerminal = true;
        var file = _pai.Write("story.txt", string.Concat(Enumerable.Repeat("Once upon a time there was a dog.\n", 30)));

        var result = await _pai.RunAsync("eval", "perplexity", "--file", file, "--context", "64", "--chunks", "2");

        var lines = result.Error.Split('\n');
        Assert.Contains(lines, line => line.StartsWith("Chunk 1 of 2: PPL ", StringComparison.Ordinal));
        Assert.Equal(("", ""), (lines[^1], lines[^2].Trim()));
    }

    [Fact]
    public async Task A_model_that_predicts_nothing_is_refused()
    {
        var file = _pai.Write("story.txt", "Once upon a time there was a dog.");

        var result = await _pai.RunAsync("eval", "perplexity", "--model", TestModels.MiniLmPath, "--file", file);

        Assert.Equal(
            new PaiResult(4, "", "pai: The model 'all-minilm-l6-v2.F16' reads texts as a whole, for embeddings, and predicts no tokens: choose one that generates text.\n"),
            result);
    }
}
