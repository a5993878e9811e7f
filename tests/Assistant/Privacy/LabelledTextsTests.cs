using PersonalAi.Assistant.Privacy;
using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Facts;
using PersonalAi.Tests.Memory;
using PersonalAi.Tools.Policy;
using Xunit;

namespace PersonalAi.Tests.Assistant.Privacy;

public sealed class LabelledTextsTests : MemoryTest
{
    private const string Kind = "something of a fact that you labelled never to leave this machine";

    [Theory]
    [InlineData("My locker number is 4711.", "q=4711", Kind)]
    [InlineData("My locker number is 47 11.", "locker 4711", Kind)]
    [InlineData("I was diagnosed with epilepsy.", "https://example.org/?q=epilepsy", Kind)]
    [InlineData("I was diagnosed with epilepsy.", "https://example.org/?q=weather+in+Oslo", null)]
    [InlineData("I have been to Bodø with Anna and Ole.", "have been with anna", Kind)]
    [InlineData("I am gay.", "https://example.org/gay", Kind)]
    [InlineData("The spare key lies under the blue flower pot.", "a blue car and a flower", Kind)]
    [InlineData("The spare key lies under the blue flower pot.", "the blue sky", null)]
    public async Task A_fact_is_known_by_its_numbers_or_half_of_its_words(string fact, string text, string? expected)
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);
        await facts.AddAsync(new NewFact(fact, FactKind.Profile) { Egress = EgressLabel.Never }, Stop);

        Assert.Equal(expected, await new LabelledTexts(facts, new DocumentStore(database, Time)).FindNeverAsync($"{text}\n{OutgoingForms.Collapse(text)}", Stop));
    }

    [Fact]
    public async Task Other_facts_may_be_sent()
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);
        await facts.AddAsync(new NewFact("I was diagnosed with epilepsy.", FactKind.Profile), Stop);

        Assert.Null(await new LabelledTexts(facts, new DocumentStore(database, Time)).FindNeverAsync("diagnosed with epilepsy", Stop));
    }

    [Fact]
    public async Task A_fact_that_was_true_once_is_kept_back_too()
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);
        var old = await facts.AddAsync(new NewFact("The code of the gate is 9321.", FactKind.Knowledge) { Egress = EgressLabel.Never }, Stop);
        await facts.AddAsync(new NewFact("The code of the gate is 8888.", FactKind.Knowledge) { Supersedes = old.Id }, Stop);

        Assert.Equal(Kind, await new LabelledTexts(facts, new DocumentStore(database, Time)).FindNeverAsync("9321", Stop));
    }

    [Theory]
    [InlineData("He said: the brown fox jumps over the lazy dog, twice.", "words of a document that you labelled never to leave this machine")]
    [InlineData("THE BROWN FOX,\njumps over - the lazy", "words of a document that you labelled never to leave this machine")]
    [InlineData("T-H-E B-R-O-W-N F-O-X J-U-M-P-S O-V-E-R T-H-E L-A-Z-Y D-O-G", "words of a document that you labelled never to leave this machine")]
    [InlineData("t h e b r o w n f o x j u m p s o v e r t h e l a z y", "words of a document that you labelled never to leave this machine")]
    [InlineData("t h e b r o w n f o x j u m p s", null)]
    [InlineData("A brown fox jumped over a dog.", null)]
    public async Task A_document_is_known_by_a_run_of_its_words(string text, string? expected)
    {
        var database = await OpenAsync();
        var documents = new DocumentStore(database, Time);
        var id = await documents.PutAsync(new NewDocument("/fox.txt", "fox", "text/plain", "0", 1), [new DocumentChunk("Quick, the brown fox jumps"), new DocumentChunk("over the lazy dog.")], Stop);
        await documents.LabelAsync([id], EgressLabel.Never, Stop);

        Assert.Equal(expected, await new LabelledTexts(new FactStore(database, Time), documents).FindNeverAsync(text, Stop));
    }

    [Theory]
    [InlineData("What should Rex eat, my dog, and is a kennel fine in Bodø?", 1)]
    [InlineData("Is a kennel fine?", 0)]
    public async Task A_fact_to_be_asked_for_is_told_by_all_that_tells_it_from_others(string text, int expected)
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);
        await facts.AddAsync(new NewFact("The kennel is in Bodø.", FactKind.Knowledge), Stop);

        Assert.Equal(expected, (await new LabelledTexts(facts, new DocumentStore(database, Time)).FactsToldAsync(text, EgressLabel.Ask, Stop)).Count);
    }
}
