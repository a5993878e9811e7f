using PersonalAi.Adapters.Llama;

namespace PersonalAi.Tests.Fakes;

/// <summary>Reads answers of the engine to their end.</summary>
internal static class EngineAnswers
{
    /// <summary>The whole text, and what it cost.</summary>
    public static async Task<(string Text, GenerationResult Result)> AnswerAsync(
        this LlamaEngine engine, GenerationRequest request, CancellationToken cancellationToken)
    {
        var text = "";
        await foreach (var step in engine.GenerateAsync(request, cancellationToken))
        {
            switch (step)
            {
                case GenerationStep.Text piece:
                    text += piece.Piece;
                    break;
                case GenerationStep.Finished finished:
                    return (text, finished.Result);
            }
        }

        throw new InvalidOperationException("The last step was not there.");
    }
}
