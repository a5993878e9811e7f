using System.Text;

namespace PersonalAi.Adapters.Llama.Text;

/// <summary>Turns the bytes of tokens into text, and gives a character only once all its bytes have come.</summary>
/// <param name="vocabulary">The vocabulary of the tokens.</param>
internal sealed class PieceDecoder(LlamaVocabulary vocabulary)
{
    // The longest piece of any known vocabulary is far below this.
    private readonly byte[] _bytes = new byte[1024];
    private readonly char[] _characters = new char[1024 + 1];
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>The text that a token completes; empty while a character is still incomplete.</summary>
    public string Decode(int token)
    {
        var length = vocabulary.WritePiece(token, _bytes);
        var count = _decoder.GetChars(_bytes.AsSpan(0, length), _characters, flush: false);
        return new string(_characters, 0, count);
    }
}
