using System.Text.Json;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Models;

public sealed class ModelsListTests : ModelsTest
{
    [Fact]
    public async Task Shows_what_is_here_what_can_be_installed_and_what_each_is_used_for()
    {
        var used = WriteModel("own.gguf");
        WriteFile("broken.gguf", []);
        await Pai.RunAsync("models", "pin", "own");
        Pai.Environment["PAI_MODEL"] = "own";

        var result = await Pai.RunAsync("models");

        Assert.Equal(
            new PaiResult(
                0,
                $"""
                MODEL                SIZE      TYPE  SHA256        USED FOR   STATE
                all-minilm-l6-v2     46.2 MB         c7c93254ff71  embedding  installed at its first use
                broken               0 B                                      The model file "broken.gguf" is empty: replace it with a whole copy.
                own                  9.1 MB    F16   {HashOf(used)[..12]}  chat       ready
                tinyllama-1.1b-chat  322.6 MB        9ee11adf7379             installed at its first use

                """,
                $"They lie in '{Folder}'.\n"),
            result);
    }

    [Fact]
    public async Task A_model_elsewhere_is_listed_where_it_is_the_one_that_answers()
    {
        using var elsewhere = new ScratchFolder();
        var path = RandomModel.Write(elsewhere["other.gguf"], new LlamaShape());
        Pai.Environment["PAI_MODEL"] = path;

        var result = await Pai.RunAsync("models", "list", "--json");

        using var json = JsonDocument.Parse(result.Output);
        var model = json.RootElement.EnumerateArray().Single(item => item.GetProperty("id").GetString() == path);
        Assert.Equal("not_used_yet", model.GetProperty("state").GetString());
        Assert.Equal("chat", Assert.Single(model.GetProperty("uses").EnumerateArray()).GetString());
        Assert.Equal(
            ["id", "path", "bytes", "architecture", "quantisation", "sha256", "bundled", "state", "uses", "problem"],
            model.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Says_when_the_configured_model_is_not_here()
    {
        Pai.Environment["PAI_MODEL"] = "mistral";

        var result = await Pai.RunAsync("models");

        Assert.EndsWith("\npai: The configured model 'mistral' is not here; 'pai models use NAME' chooses another.\n", result.Error, StringComparison.Ordinal);
    }
}
