using System.Text.Json;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Models;

public sealed class ModelsFitTests : ModelsTest
{
    [Fact]
    public async Task A_model_of_the_catalogue_is_judged_by_its_published_size()
    {
        var result = await Pai.RunAsync("models", "fit", "llama-2-13b-chat", "--json");

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(
            ("llama-2-13b-chat:Q4_K_M", 7_870_000_000L, 0),
            (json.RootElement.GetProperty("id").GetString(), json.RootElement.GetProperty("weight_bytes").GetInt64(), json.RootElement.GetProperty("options").GetArrayLength()));
    }

    [Fact]
    public async Task What_neither_the_catalogue_nor_the_folder_has_is_not_found()
    {
        WriteModel("own.gguf");

        var result = await Pai.RunAsync("models", "fit", "mine");

        Assert.Equal(new PaiResult(4, "", "pai: There is no model \"mine\": choose from \"own\", or give the path of a .gguf file.\n"), result);
    }

    [Fact]
    public async Task A_model_that_is_here_is_computed_for_the_context_that_is_asked_for()
    {
        WriteModel("own.gguf");

        var result = await Pai.RunAsync("models", "fit", "own", "--context", "256", "--json");

        using var json = JsonDocument.Parse(result.Output);
        var options = json.RootElement.GetProperty("options").EnumerateArray().ToList();

        // Two layers of 64 numbers for keys and 64 for values: 512 bytes a token. Heads of 16 numbers cannot be stored in blocks of 32.
        Assert.Equal(
            [("f16", 1, 131_072L), ("f16", 2, 262_144L), ("f16", 4, 524_288L)],
            options.Select(option => (option.GetProperty("kv_type").GetString()!, option.GetProperty("full_windows").GetInt32(), option.GetProperty("kv_bytes").GetInt64())));
        Assert.True(JsonElement.DeepEquals(options[2], json.RootElement.GetProperty("recommended")));
    }

    [Fact]
    public async Task What_was_tuned_is_shown_by_inspect()
    {
        WriteModel("own.gguf");

        var tuned = await Pai.RunAsync("models", "tune", "own", "--threads", "1", "--json");
        var inspected = await Pai.RunAsync("models", "inspect", "own", "--json");

        using var tuning = JsonDocument.Parse(tuned.Output);
        using var inspection = JsonDocument.Parse(inspected.Output);
        Assert.Equal(2, tuning.RootElement.GetProperty("measurements").GetArrayLength());
        Assert.True(JsonElement.DeepEquals(tuning.RootElement.GetProperty("choice"), inspection.RootElement.GetProperty("tuned")));
    }

    [Fact]
    public async Task At_a_terminal_a_model_is_measured_when_it_is_chosen_unless_told_not_to()
    {
        WriteModel("own.gguf");
        Pai.IsTerminal = true;

        var without = await Pai.RunAsync("models", "use", "own", "--no-tune");
        var with = await Pai.RunAsync("models", "use", "own");
        var again = await Pai.RunAsync("models", "use", "own");

        Assert.Equal((0, 0, 0), (without.ExitCode, with.ExitCode, again.ExitCode));
        Assert.Equal(
            (false, true, false),
            (Measured(without), Measured(with), Measured(again)));

        static bool Measured(PaiResult result) => result.Error.Contains("Measuring how own runs fastest here takes about ", StringComparison.Ordinal);
    }
}
