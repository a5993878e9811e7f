using System.Text.Json;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli;

public sealed class BenchRedactCommandTests
{
    private const string Sample = """
        [
          {"full_text": "Write to anna@example.org, 𝒳 Maria Lopez!", "spans": [
            {"entity_type": "EMAIL_ADDRESS", "start_position": 9, "end_position": 25}, {"entity_type": "PERSON", "start_position": 29, "end_position": 40}]},
          {"full_text": "My name is Tomasz and I am 47.", "spans": [{"entity_type": "AGE", "start_position": 27, "end_position": 29}]}
        ]
        """;

    [Fact]
    public async Task Precision_and_recall_are_told_by_type_and_overall()
    {
        using var pai = new PaiSandbox();
        using var folder = new ScratchFolder();
        await File.WriteAllTextAsync(folder["texts.json"], Sample, TestContext.Current.CancellationToken);

        var result = await pai.RunAsync("bench", "redact", "--data", folder["texts.json"], "--json");

        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal((0.6667, 1, 0.9091), Scores(json.GetProperty("overall")));
        Assert.Equal((0.6667, 0.6667, 0.6667), Scores(json.GetProperty("all")));
        Assert.Equal((0.5, 1, 0.8333), Scores(json.GetProperty("types").GetProperty("PERSON")));
        Assert.Equal((1, 1, 1), Scores(json.GetProperty("types").GetProperty("EMAIL_ADDRESS")));
        var age = json.GetProperty("types").GetProperty("AGE");
        Assert.Equal((1, 0, false, JsonValueKind.Null), (age.GetProperty("gold").GetInt32(), age.GetProperty("found").GetInt32(), age.GetProperty("supported").GetBoolean(), age.GetProperty("precision").ValueKind));
    }

    [Theory]
    [InlineData("[{]", "is no JSON")]
    [InlineData("{}", "is of another form")]
    [InlineData("[]", "holds no texts")]
    [InlineData("""[{"full_text": "a"}]""", "is of another form")]
    [InlineData("""[{"full_text": "a", "spans": [{"entity_type": "X", "start_position": 0, "end_position": 9}]}]""", "is of another form (the position 9 is behind the end of its text)")]
    public async Task A_file_of_another_form_is_refused_with_a_sentence(string content, string says)
    {
        using var pai = new PaiSandbox();
        using var folder = new ScratchFolder();
        await File.WriteAllTextAsync(folder["texts.json"], content, TestContext.Current.CancellationToken);

        var result = await pai.RunAsync("bench", "redact", "--data", folder["texts.json"]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"pai: The file '{folder["texts.json"]}' {says}", result.Error, StringComparison.Ordinal);
        Assert.EndsWith(".\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        using var pai = new PaiSandbox();

        Assert.Equal(new PaiResult(2, "", "pai: The file 'none.json' is missing; give a file of labelled texts with --data.\n"), await pai.RunAsync("bench", "redact", "--data", "none.json"));
    }

    [Fact]
    public async Task What_would_be_replaced_in_a_text_is_shown()
    {
        using var pai = new PaiSandbox();

        var result = await pai.RunAsync("privacy", "redact", "Ask Anna Kowalska, anna@example.org.");

        Assert.Equal((0, "Ask [PERSON_1], [EMAIL_ADDRESS_1].", ""), (result.ExitCode, result.Output.Split('\n')[0], result.Error));
        Assert.Contains("Anna Kowalska", result.Output, StringComparison.Ordinal);
    }

    private static (double Precision, double Recall, double F2) Scores(JsonElement score) =>
        (score.GetProperty("precision").GetDouble(), score.GetProperty("recall").GetDouble(), score.GetProperty("f2").GetDouble());
}
