using PersonalAi.Adapters.Models;
using Xunit;

namespace PersonalAi.Tests.Fakes;

public sealed class TestModelsTests
{
    [Fact]
    public void The_starter_is_a_chat_model_of_Llamas_architecture()
    {
        var model = ModelInspection.Of(GgufFile.Read(TestModels.StarterPath));

        Assert.Equal(("llama", "IQ2_XXS", 22u), (model.Architecture, model.Quantisation, model.Layers!.Value));
    }

    [Fact]
    public void The_embedding_model_is_a_small_BERT()
    {
        var model = ModelInspection.Of(GgufFile.Read(TestModels.MiniLmPath));

        Assert.Equal(("bert", "F16", 384u), (model.Architecture, model.Quantisation, model.EmbeddingLength!.Value));
    }

    [Fact]
    public void Stories15M_has_the_starters_vocabulary_and_no_chat_template()
    {
        var model = ModelInspection.Of(GgufFile.Read(TestModels.Stories15MPath));

        Assert.Equal((15_191_712L, 32_000, null), (model.Parameters, model.VocabularySize, model.ChatTemplate));
    }
}
