namespace PersonalAi.Adapters.Llama.Text;

/// <summary>The text of an answer as its tokens come: whole characters, and nothing of a stop sequence.</summary>
/// <param name="vocabulary">The vocabulary of the tokens.</param>
/// <param name="stopSequences">The texts that end the answer.</param>
/// <param name="visibleTokens">The texts of control tokens that are given as text.</param>
internal sealed class AnswerText(LlamaVocabulary vocabulary, IReadOnlyList<string> stopSequences, IReadOnlyList<string> visibleTokens)
{
    private readonly PieceDecoder _decoder = new(vocabulary, visibleTokens);
    private readonly StopSequences _stops = new(stopSequences);

    /// <summary>Whether a stop sequence has come.</summary>
    public bool Stopped => _stops.Stopped;

    /// <summary>Takes a token and gives the text that can be shown now, which may be none.</summary>
    public string Push(int token) => _stops.Push(_decoder.Decode(token));

    /// <summary>Gives what was held back. Bytes of a character that never became whole are dropped.</summary>
    public string Flush() => _stops.Flush();
}
