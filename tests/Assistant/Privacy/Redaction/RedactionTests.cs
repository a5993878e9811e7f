using PersonalAi.Assistant.Privacy.Redaction;
using Xunit;

namespace PersonalAi.Tests.Assistant.Privacy.Redaction;

public sealed class RedactionTests
{
    [Fact]
    public void The_same_value_has_the_same_placeholder_in_all_texts_of_a_packet()
    {
        var packet = new Redactor(NameDictionary.Empty).Begin();

        var first = packet.Apply("Anna Kowalska lives at 12 Downing Street. Mail anna@example.org.");
        var second = packet.Apply("Ask Anna Kowalska (anna@example.org) or Maria Lopez.");

        Assert.Equal("[PERSON_1] lives at [STREET_ADDRESS_1]. Mail [EMAIL_ADDRESS_1].", first);
        Assert.Equal("Ask [PERSON_1] ([EMAIL_ADDRESS_1]) or [PERSON_2].", second);
        Assert.Equal(
            [
                new("PERSON", "[PERSON_1]", "Anna Kowalska"),
                new("STREET_ADDRESS", "[STREET_ADDRESS_1]", "12 Downing Street"),
                new("EMAIL_ADDRESS", "[EMAIL_ADDRESS_1]", "anna@example.org"),
                new("PERSON", "[PERSON_2]", "Maria Lopez"),
            ],
            packet.Replacements);
    }

    [Fact]
    public void What_was_found_once_is_replaced_wherever_it_stands_as_a_word()
    {
        var packet = new Redactor(NameDictionary.Empty).Begin();
        packet.Learn("My name is Key.");

        Assert.Equal("[PERSON_1] of the Keyboard: [PERSON_1]", packet.Apply("Key of the Keyboard: Key"));
    }

    [Theory]
    [InlineData("[PERSON_1]")]
    [InlineData("[person_1]")]
    [InlineData("[ PERSON_1 ]")]
    [InlineData(@"\[PERSON\_1\]")]
    [InlineData(@"[PERSON\_1]")]
    [InlineData("[PERSON 1]")]
    [InlineData("[PERSON_01]")]
    public void A_placeholder_is_known_however_a_model_writes_it(string written)
    {
        var packet = new Redactor(NameDictionary.Empty).Begin();
        packet.Apply("Anna Kowalska");

        Assert.Equal("Dear Anna Kowalska, not [PERSON_2] or [STREET_ADDRESS_1].", packet.Restore($"Dear {written}, not [PERSON_2] or [STREET_ADDRESS_1]."));
    }

    [Fact]
    public void What_the_user_wrote_like_a_placeholder_stays_as_it_was()
    {
        var packet = new Redactor(NameDictionary.Empty).Begin();

        var first = packet.Apply("Replace [PERSON_1] by Anna Kowalska.");
        var second = packet.Apply("And [person_2] by Maria Lopez.");

        Assert.Equal("Replace [PERSON_1] by [PERSON_2].", first);
        Assert.Equal("And [TEXT_1] by [PERSON_3].", second);
        Assert.Equal("Replace [PERSON_1] by Anna Kowalska.", packet.Restore(first));
        Assert.Equal("And [person_2] by Maria Lopez.", packet.Restore(second));
    }

    [Fact]
    public void A_streamed_answer_shows_what_it_can_and_puts_a_split_placeholder_back_whole()
    {
        var packet = new Redactor(NameDictionary.Empty).Begin();
        packet.Apply("Anna Kowalska");
        var answer = packet.BeginRestore();

        string[] shown = [answer.Append("Dear [PER"), answer.Append("SON"), answer.Append("_1], see [1] and [2"), answer.Append("]. \\"), answer.Append("[PERSON_1\\"), answer.Append("] [PERS"), answer.End()];

        Assert.Equal(["Dear ", "", "Anna Kowalska, see [1] and ", "[2]. ", "", "Anna Kowalska ", "[PERS"], shown);
    }

    [Fact]
    public void Names_of_the_memory_are_found_as_whole_words_and_in_any_case_where_they_have_several()
    {
        var dictionary = new NameDictionary([("Bluebird", "PROJECT"), ("Old Mill", "PLACE"), ("Rex", "NAME")]);
        var packet = new Redactor(dictionary).Begin();

        var text = packet.Apply("Is Bluebird late? The bluebird at the OLD MILL eats with Rex, Bluebirds do not.");

        Assert.Equal("Is [PROJECT_1] late? The bluebird at the [PLACE_1] eats with [NAME_1], Bluebirds do not.", text);
    }
}
