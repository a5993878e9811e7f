using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Evaluation;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Evaluation;

public sealed class PerplexityTests : IDisposable
{
    private readonly LlamaModel _model = LlamaModel.Load(Engine.Library, TestModels.Stories15MPath);

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task A_text_that_is_too_short_is_refused_with_the_numbers()
    {
        var error = await Assert.ThrowsAsync<ModelException>(() => PerplexityEvaluation.RunAsync(_model, "Once upon a time", cancellationToken: Test));

        Assert.Equal("The text has 5 tokens, and a perplexity over contexts of 512 needs 1024: take a longer text, or a smaller --context.", error.Message);
    }

    private static CancellationToken Test => TestContext.Current.CancellationToken;
}
