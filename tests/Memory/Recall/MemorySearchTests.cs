using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Recall;

public sealed class MemorySearchTests : MemoryTest
{
    [Fact]
    public async Task Nothing_is_found_where_nothing_is_remembered()
    {
        var database = await OpenAsync();

        Assert.False(await new MemorySearch(database, Time).HasAnyAsync(cancellationToken: Stop));
        Assert.Empty(await SearchAsync(database, new MemoryQuery("Where does Anna live?")));
        Assert.Empty(await SearchAsync(database, new MemoryQuery("  \n")));
    }

    [Fact]
    public async Task Every_hit_says_what_each_arm_found()
    {
        var database = await OpenAsync();
        await AddAsync(database, "The user's sister Anna lives in Porto.", "The user plays the cello.");

        var hits = await SearchAsync(database, new MemoryQuery("Where does Anna live?"));

        var best = hits[0];
        Assert.Equal("The user's sister Anna lives in Porto.", best.Passage.Text);
        Assert.True(best.Arms is { Words: > 0, Cosine: > 0, Names: > 0, InTime: null });
        Assert.Null(hits[1].Arms.Words);
        Assert.True(hits[0].Score > hits[1].Score);
    }

    [Fact]
    public async Task Words_are_found_in_any_inflection_and_names_by_a_part_of_them()
    {
        var database = await OpenAsync();
        await AddAsync(database, "The user was baking bread with Annabelle.");

        Assert.True(Assert.Single(await SearchAsync(database, new MemoryQuery("bakes"), vectors: false)).Arms.Words > 0);
        Assert.True(Assert.Single(await SearchAsync(database, new MemoryQuery("What about Annab?"), vectors: false)).Arms.Names > 0);
    }

    [Fact]
    public async Task Who_bears_another_name_is_found_by_it()
    {
        var database = await OpenAsync();
        await AddAsync(database, "Margaret moved to Leeds.", "The user plays the cello.");
        await database.WriteAsync(
            connection => connection.Execute("insert into entity_aliases (alias, entity) select 'Peggy', entity from entity_aliases where alias = 'Margaret'"), Stop);

        var hits = await SearchAsync(database, new MemoryQuery("what of peggy?"), vectors: false);

        Assert.Equal("Margaret moved to Leeds.", Assert.Single(hits).Passage.Text);
    }

    [Fact]
    public async Task Turns_and_facts_are_found_alike_and_the_trash_is_not()
    {
        var database = await OpenAsync();
        var kept = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        var thrown = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        await ExchangeAsync(database, kept.Id, "My bicycle is green.", "Noted.");
        await ExchangeAsync(database, thrown.Id, "My bicycle is red.", "Noted.");
        await AddAsync(database, "The user's bicycle is blue.");
        await new MemoryIndexer(database, Time).IndexTurnsAsync(Stop);
        await Sessions(database).DeleteAsync(thrown.Id, Stop);

        var hits = await SearchAsync(database, new MemoryQuery("bicycle"), vectors: false);

        Assert.Equal(
            [(PassagePart.Fact, "The user's bicycle is blue."), (PassagePart.Prompt, "My bicycle is green.")],
            hits.Where(hit => hit.Arms.Words > 0).Select(hit => (hit.Passage.Part, hit.Passage.Text)).Order());
    }

    [Fact]
    public async Task What_was_superseded_answers_what_was_known_then()
    {
        var database = await OpenAsync();
        var store = new FactStore(database, Time);
        var porto = await store.AddAsync(new NewFact("The user lives in Porto.", FactKind.Profile), Stop);
        var then = Time.GetUtcNow() + TimeSpan.FromDays(1);
        Time.Advance(TimeSpan.FromDays(2));
        await store.AddAsync(new NewFact("The user lives in Leeds.", FactKind.Profile) { Supersedes = porto.Id }, Stop);

        Assert.Equal(["The user lives in Leeds."], await TextsAsync(database, new MemoryQuery("Where does the user live?")));
        Assert.Equal(["The user lives in Porto."], await TextsAsync(database, new MemoryQuery("Where does the user live?") { KnownAt = then }));
    }

    [Fact]
    public async Task A_query_can_ask_for_kinds_labels_sessions_parts_and_a_time_in_the_world()
    {
        var database = await OpenAsync();
        var store = new FactStore(database, Time);
        var moment = Time.GetUtcNow();
        await store.AddAsync(new NewFact("Cello lesson on Monday.", FactKind.Event) { Valid = new Validity(moment, moment + TimeSpan.FromDays(1)) }, Stop);
        await store.AddAsync(new NewFact("Loves the cello.", FactKind.Preference) { Egress = EgressLabel.Never }, Stop);
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        await ExchangeAsync(database, session.Id, "I bought a cello.", "How nice.");
        await new MemoryIndexer(database, Time).IndexTurnsAsync(Stop);

        Assert.Equal(["Cello lesson on Monday."], await TextsAsync(database, new MemoryQuery("cello") { Kinds = new HashSet<FactKind> { FactKind.Event } }));
        Assert.Equal(["Loves the cello."], await TextsAsync(database, new MemoryQuery("cello") { Labels = new HashSet<EgressLabel> { EgressLabel.Never } }));
        Assert.Equal(["I bought a cello.", "How nice."], await TextsAsync(database, new MemoryQuery("cello") { Sessions = new HashSet<SessionId> { session.Id } }));
        Assert.Equal(["I bought a cello."], await TextsAsync(database, new MemoryQuery("cello") { Parts = new HashSet<PassagePart> { PassagePart.Prompt } }));
        Assert.DoesNotContain("Cello lesson on Monday.", await TextsAsync(database, new MemoryQuery("cello") { TrueAt = moment + TimeSpan.FromDays(3) }));
    }

    [Fact]
    public async Task A_time_in_the_question_finds_what_was_said_then()
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        await ExchangeAsync(database, session.Id, "We went up the mountain.", "Good.");
        Time.Advance(TimeSpan.FromDays(1));
        await ExchangeAsync(database, session.Id, "We stayed at home.", "Good.");
        await new MemoryIndexer(database, Time).IndexTurnsAsync(Stop);

        var hits = await SearchAsync(database, new MemoryQuery("What did I do yesterday?") { Parts = new HashSet<PassagePart> { PassagePart.Prompt } });

        Assert.Equal([("We went up the mountain.", true), ("We stayed at home.", false)], hits.Select(hit => (hit.Passage.Text, hit.Arms.InTime == true)));
    }

    [Fact]
    public async Task What_says_the_same_takes_no_room_twice_and_what_the_reader_sees_is_left_out()
    {
        var database = await OpenAsync();
        var facts = await AddAsync(database, "The user has a dog.", "the user has a DOG.", "The user's dog is old.");

        var texts = await TextsAsync(database, new MemoryQuery("dog") { Without = new HashSet<Guid> { facts[2].Id.Value } });

        Assert.Equal("The user has a dog.", Assert.Single(texts), ignoreCase: true);
    }

    [Fact]
    public async Task A_question_about_something_else_recalls_nothing()
    {
        var database = await OpenAsync();
        await AddAsync(database, "The user's sister Anna lives in Porto.", "The user plays the cello.");

        Assert.Empty(await SearchAsync(database, new MemoryQuery("Explain quicksort, briefly!") { IsRelevantOnly = true }));
        Assert.Empty(await SearchAsync(database, new MemoryQuery("Explain quicksort, briefly!") { IsRelevantOnly = true }, vectors: false));
        Assert.NotEmpty(await SearchAsync(database, new MemoryQuery("Where does my sister Anna live?") { IsRelevantOnly = true }));
        Assert.NotEmpty(await SearchAsync(database, new MemoryQuery("Where does my sister Anna live?") { IsRelevantOnly = true }, vectors: false));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("a OR b AND (c NEAR d) *")]
    [InlineData("text:porto ^x -y {z}")]
    [InlineData("NUL \0 and \ud800 alone")]
    public async Task Any_text_is_a_question(string question)
    {
        var database = await OpenAsync();
        await AddAsync(database, "The user lives in Porto.");

        Assert.NotNull(await SearchAsync(database, new MemoryQuery(question)));
    }

    private async Task<List<Fact>> AddAsync(MemoryDatabase database, params string[] texts)
    {
        var store = new FactStore(database, Time);
        var facts = new List<Fact>();
        foreach (var text in texts)
        {
            facts.Add(await store.AddAsync(new NewFact(text, FactKind.Profile), Stop));
        }

        return facts;
    }

    private async Task<IReadOnlyList<MemoryHit>> SearchAsync(MemoryDatabase database, MemoryQuery query, bool vectors = true)
    {
        await new MemoryIndexer(database, Time).EmbedAsync(HashEmbeddings.Embedder, cancellationToken: Stop);
        return await new MemorySearch(database, Time).SearchAsync(query, vectors ? HashEmbeddings.Embedder : null, Stop);
    }

    private async Task<IEnumerable<string>> TextsAsync(MemoryDatabase database, MemoryQuery query) =>
        (await SearchAsync(database, query)).Select(hit => hit.Passage.Text);
}
