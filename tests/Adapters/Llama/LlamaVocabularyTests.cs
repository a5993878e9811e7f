using System.Text;
using PersonalAi.Adapters.Llama.Text;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama;

public sealed class LlamaVocabularyTests
{
    [Fact]
    public async Task Real_text_survives_tokens_and_back()
    {
        var text = await File.ReadAllTextAsync(TestData.Path("wikitext/wiki.test.raw"));
        var decoder = new PieceDecoder(Engine.Starter.Vocabulary);

        var tokens = Engine.Starter.Vocabulary.Tokenize(text);
        var back = new StringBuilder();
        foreach (var token in tokens)
        {
            back.Append(decoder.Decode(token));
        }

        // SentencePiece puts one space before a text.
        Assert.Equal(" " + text, back.ToString());
    }

    [Fact]
    public void The_starter_has_the_vocabulary_of_Llama_2()
    {
        var vocabulary = Engine.Starter.Vocabulary;

        Assert.Equal((32000, 1, 2, true), (vocabulary.Count, vocabulary.BeginOfSequence, vocabulary.EndOfSequence, vocabulary.AddsBeginOfSequence));
        Assert.Equal(["<unk>", "<s>", "</s>"], vocabulary.SpecialTokens.OrderBy(token => token.Id).Select(token => token.Text));
        Assert.True(vocabulary.IsEndOfGeneration(2));
        Assert.False(vocabulary.IsEndOfGeneration(13));
    }
}
