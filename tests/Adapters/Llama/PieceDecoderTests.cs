using PersonalAi.Adapters.Llama.Text;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama;

public sealed class PieceDecoderTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("naïve café")]
    [InlineData("日本語のテキスト")]
    [InlineData("👩‍👩‍👧 and 🏳️‍🌈 and 𝔘𝔫𝔦")]
    [InlineData("\u0000\u0007\u001b[31m")]
    public void Whole_characters_only_and_nothing_lost(string text)
    {
        var decoder = new PieceDecoder(Engine.Starter.Vocabulary);

        string[] pieces = [.. Engine.Starter.Vocabulary.Tokenize(text).Select(decoder.Decode)];

        Assert.Equal(" " + text, string.Concat(pieces));
        Assert.All(pieces, piece => Assert.False(piece.Length > 0 && (char.IsHighSurrogate(piece[^1]) || piece.Contains('\uFFFD', StringComparison.Ordinal))));
    }
}
