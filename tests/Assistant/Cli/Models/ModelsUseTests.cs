using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli.Models;

public sealed class ModelsUseTests : ModelsTest
{
    [Fact]
    public async Task A_pulled_model_answers_by_the_name_of_the_catalogue_and_brings_its_template()
    {
        WriteModelWithoutTemplate("llama-2-7b-chat.Q4_0.gguf");

        var result = await Pai.RunAsync("models", "use", "llama-2-7b-chat");

        Assert.Equal(
            new PaiResult(0, $"model.name = llama-2-7b-chat.Q4_0 ({Pai.Configuration})\nmodel.template = llama-2 ({Pai.Configuration})\n", ""), result);
        Assert.Equal("llama-2-7b-chat.Q4_0\n", (await Pai.RunAsync("config", "get", "model.name")).Output);
    }

    [Fact]
    public async Task A_model_with_a_template_of_its_own_takes_back_what_another_one_needed()
    {
        WriteModelWithoutTemplate("llama-2-7b-chat.Q4_0.gguf");
        WriteModel("own.gguf");
        await Pai.RunAsync("models", "use", "llama-2-7b-chat");

        var result = await Pai.RunAsync("models", "use", "own");

        Assert.Equal(new PaiResult(0, $"model.name = own ({Pai.Configuration})\nmodel.template = auto ({Pai.Configuration})\n", ""), result);
    }

    [Fact]
    public async Task The_usual_variant_is_preferred_and_another_one_is_named()
    {
        WriteModel("llama-2-7b-chat.Q2_K.gguf");
        WriteModel("llama-2-7b-chat.Q4_K_M.gguf");

        var usual = await Pai.RunAsync("models", "use", "llama-2-7b-chat");
        var named = await Pai.RunAsync("models", "use", "llama-2-7b-chat:q2_k");

        Assert.Equal($"model.name = llama-2-7b-chat.Q4_K_M ({Pai.Configuration})\n", usual.Output);
        Assert.Equal($"model.name = llama-2-7b-chat.Q2_K ({Pai.Configuration})\n", named.Output);
    }

    [Fact]
    public async Task A_model_that_is_not_here_says_how_to_get_it()
    {
        var result = await Pai.RunAsync("models", "use", "llama-2-13b-chat:Q5_K_M");

        Assert.Equal(
            new PaiResult(4, "", "pai: The model \"llama-2-13b-chat:Q5_K_M\" is not here yet: fetch it with 'pai models pull llama-2-13b-chat:Q5_K_M'.\n"), result);
    }

    private void WriteModelWithoutTemplate(string name)
    {
        WriteModel(name);
        File.Copy(TestModels.Stories15MPath, Path.Combine(Folder, name), overwrite: true);
    }
}
