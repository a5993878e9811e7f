using System.Text.Json;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Models;

public sealed class ModelsTrustTests : ModelsTest
{
    [Fact]
    public async Task Verify_tells_models_that_changed_from_those_that_did_not()
    {
        WriteModel("fresh.gguf");
        var same = WriteModel("same.gguf");
        var changed = WriteModel("changed.gguf");
        await Pai.RunAsync("models", "pin", "same");
        await Pai.RunAsync("models", "pin", "changed");
        var before = HashOf(changed);
        FlipByte(changed);

        var all = await Pai.RunAsync("models", "verify");
        var one = await Pai.RunAsync("models", "verify", "same");

        Assert.Equal(
            new PaiResult(
                4,
                $"""
                MODEL    SHA256        RESULT
                changed  {HashOf(changed)[..12]}  CHANGED, was {before[..12]}: put the right file back, or trust this one with 'pai models pin changed'
                fresh    {HashOf(same)[..12]}  not pinned yet; its first use, or 'pai models pin', pins it
                same     {HashOf(same)[..12]}  unchanged

                """,
                ""),
            all);
        Assert.Equal(0, one.ExitCode);
    }

    [Fact]
    public async Task A_change_that_keeps_size_and_time_is_found_and_refused_from_then_on()
    {
        var path = WriteModel("own.gguf");
        await Pai.RunAsync("models", "pin", "own");
        var time = File.GetLastWriteTimeUtc(path);
        FlipByte(path);
        File.SetLastWriteTimeUtc(path, time);

        var before = await Pai.RunAsync("models", "inspect", "own");
        var verified = await Pai.RunAsync("models", "verify", "own", "--json");
        var after = await Pai.RunAsync("models", "inspect", "own");

        using var json = JsonDocument.Parse(verified.Output);
        Assert.Equal("changed", Assert.Single(json.RootElement.EnumerateArray()).GetProperty("verdict").GetString());
        Assert.Equal((0, 4, 4), (before.ExitCode, verified.ExitCode, after.ExitCode));
    }

    [Fact]
    public async Task Verify_says_so_where_there_is_nothing() =>
        Assert.Equal(new PaiResult(0, "", $"There are no models in '{Folder}' yet.\n"), await Pai.RunAsync("models", "verify"));

    [Fact]
    public async Task A_changed_model_is_pinned_on_the_users_word_only()
    {
        var path = WriteModel("own.gguf");
        var before = HashOf(path);
        await Pai.RunAsync("models", "pin", "own");
        FlipByte(path);

        var refused = await Pai.RunAsync("models", "pin", "own");
        var stillChanged = await Pai.RunAsync("models", "verify", "own");
        var allowed = await Pai.RunAsync("models", "pin", "own", "--yes");
        var verified = await Pai.RunAsync("models", "verify", "own");

        var sentence = $"pai: Nobody can be asked here whether to trust 'own' with the SHA-256 {HashOf(path)} instead of {before}; give --yes to allow it.\n";
        Assert.Equal(new PaiResult(3, "", sentence), refused);
        Assert.Equal(4, stillChanged.ExitCode);
        Assert.Equal(new PaiResult(0, $"'own' is trusted with the SHA-256 {HashOf(path)}.\n", ""), allowed);
        Assert.Equal(0, verified.ExitCode);
    }

    [Fact]
    public async Task A_changed_model_elsewhere_is_named_as_the_commands_take_it()
    {
        using var elsewhere = new ScratchFolder();
        var path = RandomModel.Write(elsewhere["other.gguf"], new LlamaShape());
        await Pai.RunAsync("models", "pin", path);
        FlipByte(path);

        var verified = await Pai.RunAsync("models", "verify", path);
        var inspected = await Pai.RunAsync("models", "inspect", path);

        Assert.EndsWith($"'pai models pin {path}'\n", verified.Output, StringComparison.Ordinal);
        Assert.EndsWith($"'pai models pin {path}'.\n", inspected.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_model_is_not_pinned()
    {
        WriteFile("broken.gguf", []);

        Assert.Equal(
            new PaiResult(4, "", "pai: The model file \"broken.gguf\" is empty: replace it with a whole copy.\n"),
            await Pai.RunAsync("models", "pin", "broken", "--yes"));
    }

    [Fact]
    public async Task Templates_are_those_that_can_be_chosen()
    {
        var text = await Pai.RunAsync("models", "templates");
        var json = await Pai.RunAsync("models", "templates", "--json");

        var names = text.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var document = JsonDocument.Parse(json.Output);
        Assert.Contains("llama-2", names);
        Assert.Contains("zephyr", names);
        Assert.Contains("chatml", names);
        Assert.Equal(names, document.RootElement.EnumerateArray().Select(item => item.GetProperty("id").GetString()));
    }
}
