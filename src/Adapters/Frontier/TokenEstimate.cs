using System.Text;

namespace PersonalAi.Adapters.Frontier;

/// <summary>
/// Guesses how many tokens a model elsewhere will count, whose tokenizer is not here: a token for every three bytes of UTF-8. English
/// prose has four to five bytes a token and Chinese about three, so that the guess is too high for prose; text without words, such as
/// long numbers or base64, may have more tokens than it says.
/// </summary>
public static class TokenEstimate
{
    private const int BytesPerToken = 3;

    /// <summary>For the body of a request; its JSON is counted as if it were text.</summary>
    public static int Of(ReadOnlySpan<byte> body) => Of(body.Length);

    /// <summary>For a text.</summary>
    public static int Of(string text) => Of(Encoding.UTF8.GetByteCount(text));

    private static int Of(int bytes) => (bytes + BytesPerToken - 1) / BytesPerToken;
}
