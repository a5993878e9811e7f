namespace PersonalAi.Adapters.Llama.Text;

/// <summary>The text of an answer as its tokens come: whole characters, and nothing of what ends it.</summary>
/// <param name="vocabulary">The vocabulary of the tokens.</param>
/// <param name="request">Which texts end the answer, and which control tokens are given as text.</param>
internal sealed class AnswerText(LlamaVocabulary vocabulary, GenerationRequest request)
{
    private readonly PieceDecoder _decoder = new(vocabulary, request.VisibleTokens);
    private readonly StopSequences _stops = new(request.StopSequences);
    private readonly RepeatedLine _repeated = new(request.EndsAtRepeated);

    /// <summary>Whether the answer is over.</summary>
    public bool Stopped => _stops.Stopped || _repeated.Stopped;

    /// <summary>Takes a token and gives the text that can be shown now, which may be none.</summary>
    public string Push(int token) => _repeated.Push(_stops.Push(_decoder.Decode(token)));

    /// <summary>Gives what was held back. Bytes of a character that never became whole are dropped.</summary>
    public string Flush() => _repeated.Push(_stops.Flush()) + _repeated.Flush();
}
