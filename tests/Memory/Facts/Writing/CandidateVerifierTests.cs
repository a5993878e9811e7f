using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Facts.Writing;
using Xunit;

namespace PersonalAi.Tests.Memory.Facts.Writing;

public sealed class CandidateVerifierTests
{
    [Theory]
    [InlineData("I moved to Porto in 2019", "The user moved to Porto in 2019.", null)]
    [InlineData("I moved to Porto in 2019", "The user moved to Porto in 2018.", "Number")]
    [InlineData("I moved to Porto in 2019", "The user moved to Porto.", "Number")]
    [InlineData("I moved to Porto in 2019", "The user moved to Lisbon in 2019.", "Name")]
    [InlineData("I don't eat fish", "The user eats fish.", "Negation")]
    [InlineData("I eat fish", "The user does not eat fish.", "Negation")]
    [InlineData("I used to live in Porto", "The user lives in Porto.", "Tense")]
    [InlineData("I will live in Porto", "The user lives in Porto.", "Tense")]
    [InlineData("I might live in Porto", "The user lives in Porto.", "Tense")]
    [InlineData("I lived in Porto", "The user lives in Porto.", "Word")]
    [InlineData("I live in Porto", "The user lives happily in Porto.", "Word")]
    [InlineData("my cat is called Otto", "The user's cat is called Otto.", null)]
    public void A_sentence_must_be_said_by_its_words(string said, string claimed, string? fault)
    {
        var found = CandidateVerifier.Check(new FactCandidate(claimed, FactKind.Profile, 0, said.Length, "test"), said);

        Assert.Equal(fault, found?.ToString());
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(0, 0)]
    [InlineData(3, 100)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void A_span_outside_the_text_proves_nothing(int start, int length)
    {
        var found = CandidateVerifier.Check(new FactCandidate("The user lives.", FactKind.Profile, start, length, "test"), "I live in Porto");

        Assert.Equal(VerificationFault.Span, found);
    }

    [Fact]
    public void A_quotation_proves_nothing_even_where_it_says_the_same()
    {
        const string Text = "he wrote \"I live in Porto\" to me";

        var refusal = Admission.Check(
            new FactCandidate("The user lives in Porto.", FactKind.Profile, Text.IndexOf('I', StringComparison.Ordinal), "I live in Porto".Length, "model"),
            new WritingTurn(Text, DateTimeOffset.UnixEpoch));

        Assert.Equal(RefusalReason.Foreign, refusal);
    }
}
