using System.Text.Json;
using PersonalAi.Tests.Assistant.Cli.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Adapters;

public sealed class AdaptersCommandTests : ModelsTest
{
    private const string WrittenHash = "a hash";

    private string AdaptersFolder => Path.Combine(Folder, "adapters");

    [Fact]
    public async Task One_is_added_listed_inspected_and_deleted()
    {
        var path = new RandomAdapter(new LlamaShape()).Write(Path.Combine(Pai.Data, "lora-f32.gguf"));
        var hash = HashOf(path);

        var added = await Pai.RunAsync("adapters", "add", path, "--name", "me");
        var list = await Pai.RunAsync("adapters");
        var inspected = await Pai.RunAsync("adapters", "inspect", "me");
        var asked = await Pai.RunAsync("adapters", "rm", "me");
        var deleted = await Pai.RunAsync("adapters", "rm", "me", "--yes");
        var empty = await Pai.RunAsync("adapters", "list");

        Assert.Equal(new PaiResult(0, "'me' is here; --model MODEL+me answers with it.\n", ""), added);
        Assert.Equal(
            new PaiResult(
                0,
                $"ADAPTER  SIZE     ARCHITECTURE  RANK  SHA256        STATE\nme       36.9 kB  llama         4     {hash[..12]}  ready\n",
                $"They lie in '{AdaptersFolder}'.\n"),
            list);
        GoldenFile.Matches("adapters-inspect.txt", inspected.Output.Replace(AdaptersFolder, "FOLDER", StringComparison.Ordinal).Replace(hash, WrittenHash, StringComparison.Ordinal));
        Assert.Equal(new PaiResult(3, "", "pai: Nobody can be asked here whether to delete the adapter 'me' (36.9 kB), which nothing in pai can bring back; give --yes to allow it.\n"), asked);
        Assert.Equal(new PaiResult(0, "The adapter 'me' is deleted.\n", ""), deleted);
        Assert.Equal(new PaiResult(0, "There are no adapters yet; 'pai adapters add FILE' adds one.\n", ""), empty);
        Assert.DoesNotContain("me.gguf", Pai.Read("models/models.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_json_where_that_is_asked_for()
    {
        var path = Add("me");
        await File.WriteAllTextAsync(Path.Combine(AdaptersFolder, "torn.gguf"), "GGUF", TestContext.Current.CancellationToken);

        var result = await Pai.RunAsync("adapters", "list", "--json");

        var adapters = JsonDocument.Parse(result.Output).RootElement.EnumerateArray().ToArray();
        Assert.Equal(["me", "torn"], adapters.Select(adapter => adapter.GetProperty("id").GetString()));
        Assert.Equal((path, "unpinned", "[4]", 14), (adapters[0].GetProperty("path").GetString(), adapters[0].GetProperty("trust").GetString(), adapters[0].GetProperty("ranks").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal), adapters[0].GetProperty("matrices").GetInt32()));
        Assert.Equal("The model file \"torn.gguf\" ends after 4 bytes, within its header: replace it with a whole copy.", adapters[1].GetProperty("problem").GetString());
    }

    [Theory]
    [InlineData("a+b", "pai: 'a+b' cannot be the name of an adapter: choose one without '/', '+' and '@'.\n")]
    [InlineData("me@2", "pai: 'me@2' cannot be the name of an adapter: choose one without '/', '+' and '@'.\n")]
    [InlineData("../me", "pai: '../me' cannot be the name of an adapter: choose one without '/', '+' and '@'.\n")]
    [InlineData("ME", "pai: There is an adapter 'ME' already: choose another name with --name, or remove it with 'pai adapters rm ME'.\n")]
    public async Task A_name_that_cannot_be_one_is_refused(string name, string expected)
    {
        var path = Add("me");

        var result = await Pai.RunAsync("adapters", "add", path, "--name", name);

        Assert.Equal(new PaiResult(4, "", expected), result);
        Assert.Equal([path], Directory.GetFiles(AdaptersFolder));
    }

    [Fact]
    public async Task A_model_is_not_added_as_an_adapter()
    {
        var model = WriteModel("own.gguf");

        var result = await Pai.RunAsync("adapters", "add", model);

        Assert.Equal(
            new PaiResult(4, "", "pai: The adapter file 'own.gguf' is no adapter: 'general.type' does not say so: name a model with --model, an adapter after its '+'.\n"),
            result);
    }

    [Fact]
    public async Task A_file_elsewhere_is_not_deleted()
    {
        var path = new RandomAdapter(new LlamaShape()).Write(Path.Combine(Pai.Data, "elsewhere.gguf"));

        var result = await Pai.RunAsync("adapters", "rm", path, "--yes");

        Assert.Equal(new PaiResult(2, "", $"pai: '{path}' is not in the adapters folder '{AdaptersFolder}', so pai does not delete it: delete it yourself.\n"), result);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task An_answer_names_the_adapters_it_was_written_with()
    {
        UseOwnModel();
        Add("me");

        var alone = await AskAsync("own");
        var off = await AskAsync("own+me@0");
        var on = await AskAsync("own+me");
        var half = await AskAsync("own+me@0.5");

        Assert.Equal(["own", "own+me@0", "own+me", "own+me@0.5"], new[] { alone, off, on, half }.Select(answer => Text(answer, "model")));
        Assert.Equal((Text(alone, "text"), Text(alone, "snapshot")), (Text(off, "text"), Text(off, "snapshot")));
        Assert.Equal(3, new[] { alone, on, half }.Select(answer => Text(answer, "snapshot")).Distinct().Count());
        Assert.NotEqual(Text(alone, "text"), Text(on, "text"));
    }

    [Fact]
    public async Task An_unknown_one_is_answered_with_the_nearest()
    {
        UseOwnModel();
        Add("mother");

        var near = await Pai.RunAsync("ask", "--raw", "--model", "own+mothr@2", "hello");
        var inspected = await Pai.RunAsync("adapters", "inspect", "mohter");

        Assert.Equal(new PaiResult(4, "", "pai: There is no adapter 'mothr'; did you mean 'mother'?\n"), near);
        Assert.Equal(new PaiResult(4, "", "pai: There is no adapter 'mohter'; did you mean 'mother'?\n"), inspected);
    }

    [Fact]
    public async Task One_whose_bytes_changed_is_refused()
    {
        UseOwnModel();
        var path = Add("me");
        await AskAsync("own+me");
        var before = HashOf(path);
        FlipByte(path);

        var result = await Pai.RunAsync("ask", "--raw", "--model", "own+me", "hello");

        Assert.Equal((4, ""), (result.ExitCode, result.Output));
        Assert.StartsWith($"pai: The model file \"me.gguf\" has the SHA-256 {HashOf(path)} instead of {before}: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_whose_name_has_a_plus_is_that_model()
    {
        WriteModel("own+me.gguf");
        UseOwnModel();
        Add("me");

        var answer = await AskAsync("own+me");
        var both = await AskAsync("own+me+me@2");

        Assert.Equal(("own+me", "own+me+me@2"), (Text(answer, "model"), Text(both, "model")));
    }

    [Fact]
    public async Task The_doctor_and_the_list_of_models_know_references_with_adapters()
    {
        UseOwnModel();
        Add("me");
        Pai.Environment["PAI_MODEL"] = "own+me";

        var doctor = await Pai.RunAsync("doctor", "--json");
        var list = await Pai.RunAsync("models", "list");
        Pai.Environment["PAI_MODEL"] = "own+you";
        var missing = await Pai.RunAsync("doctor");

        Assert.Contains("own.gguf", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("chat", list.Output.Split('\n').Single(line => line.StartsWith("own ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("There is no adapter 'you'; there are me.", missing.Output, StringComparison.Ordinal);
    }

    private static string Text(JsonElement answer, string property) => answer.GetProperty(property).GetString()!;

    private string Add(string name) => new RandomAdapter(new LlamaShape()).Write(Path.Combine(AdaptersFolder, $"{name}.gguf"));

    private void UseOwnModel()
    {
        WriteModel("own.gguf");
        Pai.Environment["PAI_MODEL_THREADS"] = "1";
    }

    private async Task<JsonElement> AskAsync(string model)
    {
        var result = await Pai.RunAsync("ask", "--raw", "--model", model, "--temperature", "0", "--max-tokens", "8", "--json", "Once upon a time");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
