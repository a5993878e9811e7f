using PersonalAi.Assistant.Privacy.Redaction;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;
using PersonalAi.Tests.Memory;
using Xunit;

namespace PersonalAi.Tests.Assistant.Privacy.Redaction;

public sealed class MemoryNamesTests : MemoryTest
{
    [Fact]
    public async Task Whom_and_what_the_memory_knows_is_replaced_and_what_anybody_knows_is_not()
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);
        await facts.AddAsync(new NewFact("The user's sister Wrenna lives in Qvarnby.", FactKind.Relation), Stop);
        await facts.AddAsync(new NewFact("Zdenka Prkosova's phone number is 123.", FactKind.Relation), Stop);
        await facts.AddAsync(new NewFact("The user works on the project Bluebird.", FactKind.Task), Stop);
        await facts.AddAsync(new NewFact("The user likes Kubernetes.", FactKind.Preference), Stop);
        var packet = new Redactor(await NameDictionary.ReadAsync(new KnownNames(database), Stop)).Begin();

        var redacted = packet.Apply("How can Wrenna get from Qvarnby to zdenka prkosova, when Prkosova runs Bluebird on Kubernetes?");

        Assert.Equal("How can [PERSON_1] get from [PLACE_1] to [PERSON_2], when [PERSON_3] runs [PROJECT_1] on Kubernetes?", redacted);
    }

    [Fact]
    public async Task What_is_no_longer_held_true_is_not_a_name_any_more()
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);
        var fact = await facts.AddAsync(new NewFact("The user's sister Wrenna lives in Qvarnby.", FactKind.Relation), Stop);
        Assert.Equal([("Qvarnby", FactKind.Relation, fact.Text), ("Wrenna", FactKind.Relation, fact.Text)], (await new KnownNames(database).ListAsync(Stop)).Select(name => (name.Name, name.Kind, name.Fact)));

        await facts.AddAsync(new NewFact("The user has no sister.", FactKind.Relation) { Supersedes = fact.Id }, Stop);

        Assert.Empty(await new KnownNames(database).ListAsync(Stop));
    }
}
