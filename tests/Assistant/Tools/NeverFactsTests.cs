using PersonalAi.Assistant.Tools;
using PersonalAi.Memory.Facts;
using PersonalAi.Tests.Memory;
using PersonalAi.Tools.Policy;
using Xunit;

namespace PersonalAi.Tests.Assistant.Tools;

public sealed class NeverFactsTests : MemoryTest
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
        var facts = new FactStore(await OpenAsync(), Time);
        await facts.AddAsync(new NewFact(fact, FactKind.Profile) { Egress = EgressLabel.Never }, Stop);

        Assert.Equal(expected, await new NeverFacts(facts).FindAsync($"{text}\n{OutgoingForms.Collapse(text)}", Stop));
    }

    [Fact]
    public async Task Other_facts_may_be_sent()
    {
        var facts = new FactStore(await OpenAsync(), Time);
        await facts.AddAsync(new NewFact("I was diagnosed with epilepsy.", FactKind.Profile), Stop);

        Assert.Null(await new NeverFacts(facts).FindAsync("diagnosed with epilepsy", Stop));
    }

    [Fact]
    public async Task A_fact_that_was_true_once_is_kept_back_too()
    {
        var facts = new FactStore(await OpenAsync(), Time);
        var old = await facts.AddAsync(new NewFact("The code of the gate is 9321.", FactKind.Knowledge) { Egress = EgressLabel.Never }, Stop);
        await facts.AddAsync(new NewFact("The code of the gate is 8888.", FactKind.Knowledge) { Supersedes = old.Id }, Stop);

        Assert.Equal(Kind, await new NeverFacts(facts).FindAsync("9321", Stop));
    }
}
