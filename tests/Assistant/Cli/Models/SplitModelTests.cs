using System.Text.Json;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Models;

public sealed class SplitModelTests : ModelsTest
{
    private const string First = "stories-00001-of-00003";

    private static readonly string[] Ask =
        ["ask", "--raw", "Once upon a time", "--max-tokens", "12", "--temperature", "0", "--context", "256", "--threads", "1", "--model"];

    [Fact]
    public async Task Its_parts_are_fetched_and_it_answers_as_the_whole_does()
    {
        var there = Directory.CreateDirectory(Path.Combine(Pai.Data, "there")).FullName;
        SplitModel.Write(TestModels.Stories15MPath, Path.Combine(there, "published"), 3);
        await using var server = new ModelServer(request => ServedAnswer.File(request, File.ReadAllBytes(Path.Combine(there, Path.GetFileName(request.Path)))));

        var pulled = await Pai.RunAsync("models", "pull", "stories", "--from", $"{server.Address}published-00001-of-00003.gguf", "--yes");
        var answer = await Pai.RunAsync([.. Ask, "stories"]);
        var whole = await Pai.RunAsync([.. Ask, TestModels.Stories15MPath]);

        Assert.Equal((0, 3), (pulled.ExitCode, server.Requests.Count));
        Assert.Equal((0, whole.Output), (answer.ExitCode, answer.Output));
    }

    [Fact]
    public async Task It_is_listed_inspected_and_deleted_as_one_model()
    {
        var bytes = Write().Sum(part => part.Length);

        var listed = JsonDocument.Parse((await Pai.RunAsync("models", "list", "--json")).Output).RootElement;
        var pinned = await Pai.RunAsync("models", "pin", "stories", "--json");
        var verified = JsonDocument.Parse((await Pai.RunAsync("models", "verify", "stories", "--json")).Output).RootElement;
        var inspected = JsonDocument.Parse((await Pai.RunAsync("models", "inspect", "stories", "--json")).Output).RootElement;
        var deleted = await Pai.RunAsync("models", "rm", "stories", "--yes");

        var entry = Assert.Single(listed.EnumerateArray(), model => model.GetProperty("id").GetString()!.StartsWith("stories", StringComparison.Ordinal));
        Assert.Equal((First, bytes), (entry.GetProperty("id").GetString(), entry.GetProperty("bytes").GetInt64()));
        Assert.Equal(0, pinned.ExitCode);
        Assert.Equal(["unchanged", "unchanged", "unchanged"], verified.EnumerateArray().Select(part => part.GetProperty("verdict").GetString()));
        Assert.Equal((bytes, 56), (inspected.GetProperty("file_bytes").GetInt64(), inspected.GetProperty("tensor_count").GetInt32()));
        Assert.Equal(0, deleted.ExitCode);
        Assert.Empty(Directory.GetFiles(Folder, "stories*"));
    }

    [Fact]
    public async Task A_changed_part_is_refused_by_its_hash()
    {
        var parts = Write();
        await Pai.RunAsync("models", "pin", "stories");
        FlipByte(parts[1].FullName);

        var answer = await Pai.RunAsync([.. Ask, "stories"]);

        Assert.Equal((4, ""), (answer.ExitCode, answer.Output));
        Assert.StartsWith("pai: The model file \"stories-00002-of-00003.gguf\" has the SHA-256 ", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_is_absent_or_another_is_named()
    {
        var parts = Write();
        File.Copy(parts[1].FullName, parts[2].FullName, overwrite: true);
        var other = await Pai.RunAsync([.. Ask, "stories"]);
        parts[2].Delete();
        var absent = await Pai.RunAsync([.. Ask, "stories"]);

        Assert.Equal(new PaiResult(4, "", "pai: The model file \"stories-00003-of-00003.gguf\" is not part 3 of 3, as its name says: replace it with the right one.\n"), other);
        Assert.Equal(new PaiResult(4, "", $"pai: There is no model file \"{parts[2].FullName}\": check the path.\n"), absent);
    }

    [Fact]
    public async Task Parts_under_other_names_are_refused()
    {
        var parts = Write();
        parts[0].MoveTo(Path.Combine(Folder, "renamed.gguf"));

        var result = await Pai.RunAsync([.. Ask, "renamed"]);

        Assert.Equal(
            new PaiResult(4, "", "pai: The model file \"renamed.gguf\" is one of 3, which its name does not say: give it back the name that it was published under.\n"), result);
    }

    private FileInfo[] Write()
    {
        Directory.CreateDirectory(Folder);
        return [.. SplitModel.Write(TestModels.Stories15MPath, Path.Combine(Folder, "stories"), 3).Select(path => new FileInfo(path))];
    }
}
