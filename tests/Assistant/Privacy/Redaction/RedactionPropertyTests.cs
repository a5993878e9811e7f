using FsCheck;
using FsCheck.Fluent;
using PersonalAi.Assistant.Privacy.Redaction;
using Xunit;

namespace PersonalAi.Tests.Assistant.Privacy.Redaction;

public sealed class RedactionPropertyTests
{
    private static readonly string[] Pieces =
    [
        "Anna Kowalska", "Anna", "anna", "Maria Lopez", "My name is Key", "Key", "anna@example.org", "12 Downing Street, London", "4111 1111 1111 1111", "536-90-4399", "+44 7700 900123",
        "[PERSON_1]", "[PERSON_2]", "[person_1]", "[ PERSON_1 ]", @"\[PERSON\_1\]", "[EMAIL_ADDRESS_1]", "[TEXT_1]", "[PERSON_", "PERSON_1]", "[", "]", @"\", "_1", " ", "\n", ", ", ". ", "lives at ", "é", "𝒳",
    ];

    private static readonly Arbitrary<string[]> Texts = Arb.From(
        Gen.OneOf(Gen.Elements(Pieces), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get)).ListOf(14).Select(string.Concat).ListOf(3).Select(texts => texts.ToArray()));

    [Fact]
    public void Whatever_was_replaced_comes_back_as_it_was() => Check(texts =>
    {
        var packet = new Redactor(NameDictionary.Empty).Begin();
        var redacted = texts.Select(packet.Apply).ToList();
        Assert.Equal(texts, redacted.Select(packet.Restore));
    });

    [Fact]
    public void What_was_found_does_not_stand_in_the_redacted_text() => Check(texts =>
    {
        var redactor = new Redactor(NameDictionary.Empty);
        foreach (var text in texts)
        {
            var redacted = redactor.Begin().Apply(text);

            var originals = new KnownPhrases<bool>(StringComparer.Ordinal);
            foreach (var span in redactor.Find(text))
            {
                originals.Add(text.Substring(span.Start, span.Length), known: true);
            }

            var placeholders = Placeholder.AllIn(redacted).Select(match => (Start: match.Index, End: match.Index + match.Length)).ToList();
            Assert.DoesNotContain(originals.Find(redacted), place => !placeholders.Exists(holder => holder.Start < place.Start + place.Length && place.Start < holder.End));
        }
    });

    [Fact]
    public void An_answer_in_pieces_is_restored_as_the_whole_is() => Check(texts =>
    {
        var packet = new Redactor(NameDictionary.Empty).Begin();
        var answer = string.Concat(texts.Select(packet.Apply));

        for (var length = 1; length < 8; length++)
        {
            var streamed = packet.BeginRestore();
            Assert.Equal(packet.Restore(answer), string.Concat(answer.Chunk(length).Select(piece => streamed.Append(new string(piece)))) + streamed.End());
        }
    });

    // The same texts each time, so that a failure can be repeated.
    private static void Check(Action<string[]> holds) =>
        Prop.ForAll(Texts, holds).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261121, 1));
}
