using PersonalAi.Assistant.Privacy.Redaction;
using Xunit;

namespace PersonalAi.Tests.Assistant.Privacy.Redaction;

public sealed class HostileTextTests
{
    private const int Length = 200_000;

    // What would take hours if anything looked at the rest of the text from every place; that these end is the test.
    [Theory]
    [InlineData("a")]
    [InlineData("A")]
    [InlineData("1")]
    [InlineData("1 ")]
    [InlineData(" ")]
    [InlineData("[")]
    [InlineData(@"\[PERSON\_")]
    [InlineData("a.")]
    [InlineData("a@")]
    [InlineData("a@a.")]
    [InlineData("://a:")]
    [InlineData("www.")]
    [InlineData("::1:")]
    [InlineData("sk-")]
    [InlineData("password is ")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("Anna and ")]
    [InlineData("Anna, ")]
    [InlineData("Anna van ")]
    [InlineData("A. ")]
    [InlineData("12 Rua de ")]
    [InlineData("the corner of ")]
    [InlineData("P.O. Box 1\n")]
    [InlineData("DE89 ")]
    [InlineData("4111-")]
    [InlineData("phone 12 ")]
    [InlineData("a\u0301")]
    public void A_long_text_of_one_piece_is_redacted_and_comes_back(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Length / piece.Length));
        var packet = new Redactor(NameDictionary.Empty).Begin();

        Assert.Equal(text, packet.Restore(packet.Apply(text)));
    }

    [Fact]
    public void A_megabyte_of_everything_that_begins_and_never_ends_is_redacted_and_comes_back()
    {
        var text = string.Concat(Enumerable.Repeat(@"Anna, Anna and A. the corner of 12 Rua de [ \[PERSON\_ a@a. ://a: ::1: sk- password is 4111- DE89 ", 10_000));
        var packet = new Redactor(NameDictionary.Empty).Begin();

        Assert.Equal(text, packet.Restore(packet.Apply(text)));
    }

    [Fact]
    public void A_long_text_of_many_values_is_redacted_and_comes_back()
    {
        var text = string.Concat(Enumerable.Range(0, 5_000).Select(number => $"Anna{number} Kowalska <a{number}@example.org> lives at {number % 900} Main{number} Street.\n"));
        var packet = new Redactor(NameDictionary.Empty).Begin();

        var redacted = packet.Apply(text);

        Assert.Equal(text, packet.Restore(redacted));
        Assert.DoesNotContain("@", redacted, StringComparison.Ordinal);
    }
}
