using PersonalAi.Adapters.Models;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Models;

public sealed class ModelsQuantizeTests : ModelsTest
{
    [Theory]
    [InlineData("Q8_0", 16.88)]
    [InlineData("q4_0", 13.89)]
    public async Task A_quantised_model_is_smaller_and_still_tells_a_story(string type, double megabytes)
    {
        var result = await Pai.RunAsync("models", "quantize", TestModels.Stories15MPath, "stories", "--type", type, "--threads", "1");
        var answer = await Pai.RunAsync(
            "ask", "--no-memory", "--raw", "Once upon a time", "--model", "stories", "--max-tokens", "12", "--temperature", "0", "--context", "256", "--threads", "1");

        var file = GgufFile.Read(Path.Combine(Folder, "stories.gguf"));
        Assert.Equal((0, type.ToUpperInvariant()), (result.ExitCode, ModelInspection.Of(file).Quantisation));
        Assert.Equal(megabytes, file.Length / 1e6, tolerance: 0.1);
        Assert.StartsWith($"'{file.Path}' is written: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("Quantising stories.gguf: ", result.Error, StringComparison.Ordinal);
        Assert.StartsWith(", there was a little", answer.Output.TrimStart(), StringComparison.Ordinal);
        Assert.Equal(["models.json", "models.lock", "stories.gguf"], Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_file_that_exists_is_not_overwritten()
    {
        var path = WriteModel("own.gguf");
        var before = await File.ReadAllBytesAsync(path);

        var result = await Pai.RunAsync("models", "quantize", TestModels.Stories15MPath, "own", "--type", "Q8_0");

        Assert.Equal(new PaiResult(4, "", $"pai: The file \"{path}\" exists already: choose another name, or delete it.\n"), result);
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task A_quantised_model_is_not_quantised_again()
    {
        RandomModel.Write(Path.Combine(Directory.CreateDirectory(Folder).FullName, "own.gguf"), new LlamaShape(), RandomQuantisation.Q8_0);

        var result = await Pai.RunAsync("models", "quantize", "own", "own.Q4_0", "--type", "Q4_0");

        Assert.Equal(
            new PaiResult(4, "", "pai: The model file \"own.gguf\" is quantised already (Q8_0), and would lose quality twice: begin with its F16 or F32 file.\n"), result);
    }

    [Fact]
    public async Task What_llama_cpp_refuses_is_said_and_leaves_nothing()
    {
        var result = await Pai.RunAsync("models", "quantize", TestModels.Stories15MPath, "stories", "--type", "IQ2_XXS", "--threads", "1");

        Assert.Equal((4, ""), (result.ExitCode, result.Output));
        Assert.Matches("pai: llama\\.cpp could not quantise \"stories15M\\.F16\\.gguf\": [^\n]+\\.\n$", result.Error);
        Assert.Empty(Directory.GetFiles(Folder, "stories*"));
    }

    [Theory]
    [InlineData("--type Q4_K_X", "'Q4_K_X' is not allowed for '--type'; did you mean 'Q4_K_S'?")]
    [InlineData("--type Q8_0 --threads 0", "'0' is not allowed for '--threads', which takes a whole number from 1 on.")]
    public async Task A_wrong_type_or_number_is_one_sentence(string options, string sentence)
    {
        var result = await Pai.RunAsync(["models", "quantize", TestModels.Stories15MPath, "x", .. options.Split(' ')]);

        Assert.Equal(new PaiResult(2, "", $"pai: {sentence}\n"), result);
    }
}
