using System.Text.Json;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Bench.Recall;

/// <summary>Holds the quality of recall where it is, on conversations that nothing was tuned to.</summary>
public sealed class RecallQualityTests
{
    [Fact]
    public async Task The_full_pipeline_is_far_better_than_words_and_than_vectors_alone()
    {
        using var pai = PaiSandbox.WithStarter();

        var result = await pai.RunAsync("bench", "recall", "--data", Path.Combine(Repository.Root, "tests", "Corpus", "recall", "check-studio.jsonl"), "--json");

        using var json = JsonDocument.Parse(result.Output);
        var runs = json.RootElement.GetProperty("runs").EnumerateArray().ToDictionary(run => run.GetProperty("mode").GetString()!);
        double Of(string mode, string figure) => runs[mode].GetProperty(figure).GetDouble();
        Assert.True(Of("full", "recall@5") >= 0.65 && Of("full", "recall@10") >= 0.75 && Of("full", "recall@50") >= 0.93, result.Output);
        Assert.True(Of("full", "recall@5") >= Of("bm25", "recall@5") + 0.1 && Of("full", "recall@5") >= Of("vector", "recall@5") + 0.1, result.Output);
        Assert.True(Of("full", "recall@256tok") >= 0.75, result.Output);
    }

    [Fact]
    public async Task The_leaderboards_questions_find_more_than_full_text_search_alone()
    {
        using var pai = PaiSandbox.WithStarter();

        var result = await pai.RunAsync("bench", "recall", "--data", TestData.Path("bfcl/BFCL_v4_memory.json"), "--format", "bfcl", "--json");

        using var json = JsonDocument.Parse(result.Output);
        var full = json.RootElement.GetProperty("runs").EnumerateArray().Single(run => run.GetProperty("mode").GetString() == "full");
        Assert.Equal(105, full.GetProperty("questions").GetInt32());
        Assert.True(full.GetProperty("recall@1").GetDouble() >= 0.77 && full.GetProperty("recall@5").GetDouble() >= 0.96 && full.GetProperty("recall@10").GetDouble() >= 0.98, result.Output);
    }

    [Theory]
    [InlineData("{\"items\": []}", "Line 1 of '{0}' is no conversation ('items' or 'questions' is missing); each line is an object with 'items' and 'questions'.")]
    [InlineData("no json", "Line 1 of '{0}' is no conversation")]
    public async Task A_file_that_holds_no_conversations_is_refused(string line, string message)
    {
        using var pai = PaiSandbox.WithStarter();
        var path = Path.Combine(pai.Data, "x.jsonl");
        await File.WriteAllTextAsync(path, line, TestContext.Current.CancellationToken);

        var result = await pai.RunAsync("bench", "recall", "--data", path);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message.Replace("{0}", path, StringComparison.Ordinal), result.Error, StringComparison.Ordinal);
    }
}
