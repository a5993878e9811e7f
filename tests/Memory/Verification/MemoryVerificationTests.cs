using PersonalAi.Memory;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;
using PersonalAi.Memory.Verification;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Verification;

public sealed class MemoryVerificationTests : MemoryTest
{
    [Fact]
    public async Task A_memory_in_use_is_well() => Assert.Empty(await new MemoryVerification(await FilledAsync()).VerifyAsync(Stop));

    [Theory]
    [InlineData("passages", "update passages set fact = '01990000-0000-7000-8000-000000000000' where part = 'fact' and number = (select min(number) from passages)")]
    [InlineData("sources", "update facts set source_end = 4000 where source_turn is not null")]
    [InlineData("sources", "update facts set source_turn = '01990000-0000-7000-8000-000000000000' where source_turn is not null")]
    [InlineData("facts", "delete from passages where fact = (select min(id) from facts)")]
    [InlineData("facts", "update facts set text = 'Something else.' where number = 1")]
    [InlineData("versions", "update facts set retracted_at = null")]
    [InlineData("turns", "delete from passages where part = 'answer'")]
    [InlineData("turns", "update turns set indexed = 0")]
    [InlineData("entities", "insert into entities (name) values ('Nobody')")]
    [InlineData("journal", "insert into changes (action, made_at) values ('add', 1)")]
    [InlineData("links", "update facts set supersedes = '01990000-0000-7000-8000-000000000000' where supersedes is not null")]
    [InlineData("words", "insert into turn_search (turn_search, rowid, prompt, answer) select 'delete', number, prompt, answer from turns")]
    [InlineData("words", "insert into passage_search (rowid, text) values (4711, 'orphan words')")]
    [InlineData("words", "insert into passage_names (passage_names) values ('delete-all')")]
    [InlineData("vectors", "insert into vectors_1 (passage, embedding) select 4711, embedding from vectors_1 limit 1")]
    [InlineData("codes", "delete from vectors_1 where passage = (select min(number) from passages)")]
    [InlineData("codes", "delete from vector_codes where passage = (select min(number) from passages)")]
    [InlineData("codes", "update vector_codes set code = x'0102030405060708' where passage = (select min(number) from passages)")]
    [InlineData("queue", "insert into vectors_to_make (space, passage) select 1, min(number) from passages")]
    [InlineData("queue", "insert into vectors_to_delete (space, passage) select 1, min(number) from passages")]
    public async Task Planted_damage_is_found_and_repaired(string check, string damage)
    {
        var database = await FilledAsync();
        using (var connection = Connect(File))
        {
            connection.Execute("pragma foreign_keys = off");
            VectorExtension.TryLoadInto(connection);
            connection.Execute(damage);
        }

        var found = await new MemoryVerification(database).VerifyAsync(Stop);
        var left = await new MemoryVerification(database).RepairAsync(Stop);
        await IndexAsync(database);

        Assert.Contains(check, found.Select(found => found.Check));
        Assert.Empty(left);
        Assert.Empty(await new MemoryVerification(database).VerifyAsync(Stop));
    }

    [Fact]
    public async Task A_damaged_page_is_named_and_cannot_be_repaired()
    {
        await (await FilledAsync()).DisposeAsync();
        var page = Number(File, "select rootpage from sqlite_master where name = 'facts_by_supersedes'");
        Number(File, "pragma wal_checkpoint(truncate)");
        await using (var file = System.IO.File.OpenWrite(File))
        {
            file.Position = ((page - 1) * 4096) + 8;
            file.Write(new byte[64]);
        }

        var found = await new MemoryVerification(await OpenAsync()).VerifyAsync(Stop);

        Assert.Equal([("structure", false)], found.Where(damage => damage.Check == "structure").Select(damage => (damage.Check, damage.CanRepair)));
    }

    private async Task<MemoryDatabase> FilledAsync()
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        var turn = await ExchangeAsync(database, session.Id, "Anna lives in Bergen.", "That is in Norway.");
        var fact = await facts.AddAsync(new NewFact("Anna lives in Bergen.", FactKind.Relation) { Source = new FactSource(turn.Id, 0, 21) }, Stop);
        await facts.EditAsync(fact.Id, new FactEdit { Text = "Anna lives in Oslo." }, Stop);
        await IndexAsync(database);
        return database;
    }

    private async Task IndexAsync(MemoryDatabase database)
    {
        var indexer = new MemoryIndexer(database, Time);
        await indexer.IndexTurnsAsync(Stop);
        await indexer.EmbedAsync(HashEmbeddings.Embedder, cancellationToken: Stop);
    }
}
