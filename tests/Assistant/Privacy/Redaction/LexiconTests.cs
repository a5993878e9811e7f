using PersonalAi.Assistant.Privacy.Redaction.Reading;
using Xunit;

namespace PersonalAi.Tests.Assistant.Privacy.Redaction;

public sealed class LexiconTests
{
    [Fact]
    public void It_is_sorted_and_folded_as_it_is_asked()
    {
        var words = Lexicon.Shared.Words.ToList();

        Assert.True(words.Count > 100_000);
        Assert.Equal(words.Order(StringComparer.Ordinal), words);
        Assert.DoesNotContain(words, word => Folding.Fold(word) != word);
        Assert.DoesNotContain(words, word => Lexicon.Shared.UseOf(word) == WordUse.None);
    }

    [Theory]
    [InlineData("Søren", "soren")]
    [InlineData("ŁUKASZ", "lukasz")]
    [InlineData("Þóra", "thora")]
    [InlineData("O’Neill", "o'neill")]
    public void Spellings_of_a_name_are_made_the_same(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    [Fact]
    public void A_word_that_is_also_a_name_is_marked_and_a_country_is_no_person()
    {
        Assert.Equal(WordUse.Everyday, Lexicon.Shared.UseOf("rose") & WordUse.Everyday);
        Assert.Equal(WordUse.Given, Lexicon.Shared.UseOf("anna") & (WordUse.Given | WordUse.Everyday));
        Assert.Equal(WordUse.Place, Lexicon.Shared.UseOf("france"));
        Assert.Equal(WordUse.None, Lexicon.Shared.UseOf("qwerax"));
    }
}
