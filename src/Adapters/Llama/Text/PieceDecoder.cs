using System.Text;

namespace PersonalAi.Adapters.Llama.Text;

/// <summary>Turns the bytes of tokens into text, and gives a character only once all its bytes have come.</summary>
/// <param name="vocabulary">The vocabulary of the tokens.</param>
/// <param name="visibleTokens">The texts of control tokens that are given as text; others give none.</param>
internal sealed class PieceDecoder(LlamaVocabulary vocabulary, IReadOnlyList<string>? visibleTokens = null)
{
    private readonly Dictionary<int, string> _visible = visibleTokens is not { Count: > 0 }
        ? []
        : vocabulary.SpecialTokens.Where(token => visibleTokens.Contains(token.Text)).ToDictionary(token => token.Id, token => token.Text);

    // The longest piece of any known vocabulary is far below this.
    private readonly byte[] _bytes = new byte[1024];
    private readonly char[] _characters = new char[1024 + 1];
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>The text that a token completes; empty while a character is still incomplete.</summary>
    public string Decode(int token)
    {
        if (_visible.TryGetValue(token, out var text))
        {
            return text;
        }

        var length = vocabulary.WritePiece(token, _bytes);
        var count = _decoder.GetChars(_bytes.AsSpan(0, length), _characters, flush: false);
        return new string(_characters, 0, count);
    }
}
