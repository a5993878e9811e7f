using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Models;

public sealed class ModelsRemoveTests : ModelsTest
{
    [Fact]
    public async Task Deleting_asks_and_says_how_to_get_it_again()
    {
        var path = WriteModel("llama-2-7b-chat.Q4_K_M.gguf");
        await Pai.RunAsync("models", "pin", "llama-2-7b-chat");

        var asked = await Pai.RunAsync("models", "rm", "llama-2-7b-chat");
        var stays = File.Exists(path);
        var deleted = await Pai.RunAsync("models", "rm", "llama-2-7b-chat", "--yes");

        const string Again = "'pai models pull llama-2-7b-chat:Q4_K_M' fetches it again.\n";
        Assert.Equal(
            new PaiResult(3, "", $"{Again}pai: Nobody can be asked here whether to delete 'llama-2-7b-chat.Q4_K_M' (9.1 MB); give --yes to allow it.\n"), asked);
        Assert.True(stays);
        Assert.Equal(new PaiResult(0, "'llama-2-7b-chat.Q4_K_M' is deleted; 9.1 MB are free again.\n", Again), deleted);
        Assert.False(File.Exists(path));
        Assert.DoesNotContain("llama-2-7b", Pai.Read("models/models.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_elsewhere_is_not_deleted()
    {
        WriteModel("own.gguf");
        var path = Path.Combine(Pai.Data, "elsewhere.gguf");
        File.Move(Path.Combine(Folder, "own.gguf"), path);

        var result = await Pai.RunAsync("models", "rm", path, "--yes");

        Assert.Equal(new PaiResult(2, "", $"pai: '{path}' is not in the models folder '{Folder}', so pai does not delete it: delete it yourself.\n"), result);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task What_nobody_can_bring_back_says_so()
    {
        WriteModel("own.gguf");

        var result = await Pai.RunAsync("models", "rm", "own", "--yes");

        Assert.Equal((0, "The catalogue does not know it: nothing in pai can bring it back.\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task What_can_be_fetched_is_listed_with_what_is_here()
    {
        WriteModel("llama-2-7b.Q4_K_M.gguf");

        var result = await Pai.RunAsync("models", "list", "--available");

        var lines = result.Output.Split('\n');
        Assert.Equal("llama-2-13b-chat:Q4_K_M          7.9 GB         4096     7ddfe27f61bf   Llama 2 Community License", lines[1]);
        Assert.Contains("llama-2-7b:Q4_K_M                not published  4096     not published  Llama 2 Community License  here", lines);
        Assert.Equal($"'pai models pull NAME[:TAG]' fetches one; '{Path.Combine(Pai.Data, "catalogue.yaml")}' adds to this list.\n", result.Error);
    }
}
