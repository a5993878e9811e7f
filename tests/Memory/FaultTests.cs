using System.Diagnostics;
using PersonalAi.Memory;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Forgetting;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;
using PersonalAi.Memory.Verification;
using PersonalAi.Tests.Fakes;
using PersonalAi.Tests.Memory.Forgetting;
using Xunit;

namespace PersonalAi.Tests.Memory;

/// <summary>What must not harm the facts: no room, no permission, another program, texts that are no text.</summary>
public sealed class FaultTests : MemoryTest
{
    [Fact]
    public async Task A_full_disk_keeps_all_that_was_added_and_the_memory_whole()
    {
        var database = await OpenAsync();
        await database.DisposeAsync();
        var full = await OpenAsync(new DatabaseOptions { MaxPages = (int)Number(File, "pragma page_count") + 8 });
        var (facts, added) = (new FactStore(full, Time), 0);

        var refusal = await RefusalAsync(async () =>
        {
            for (; ; added++)
            {
                await facts.AddAsync(new NewFact($"Fact number {added}: {new string('x', 900)}", FactKind.Knowledge), Stop);
            }
        });

        Assert.Equal((MemoryError.DiskFull, $"No room is left for the database '{File}'; free some on its disk and try again."), refusal);
        Assert.Equal(added, (await facts.ListAsync(limit: 1000, cancellationToken: Stop)).Count);
        Assert.Empty(await new MemoryVerification(full).VerifyAsync(Stop));
    }

    [Fact]
    public async Task A_disk_that_is_full_while_forgetting_forgets_all_or_nothing()
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);
        var fact = await facts.AddAsync(new NewFact("Anna lives in Bergen.", FactKind.Relation), Stop);
        await database.DisposeAsync();
        var full = await OpenAsync(new DatabaseOptions { MaxPages = (int)Number(File, "pragma page_count") });

        var forgotten = true;
        try
        {
            await new MemoryEraser(full).ForgetAsync(new ForgetRequest { Facts = [fact.Id] }, Stop);
        }
        catch (MemoryException error) when (error.Error == MemoryError.DiskFull)
        {
            forgotten = false;
        }

        Assert.Equal(forgotten ? [] : [fact], await new FactStore(full, Time).ListAsync(cancellationToken: Stop));
        Assert.DoesNotContain(await new MemoryVerification(full).VerifyAsync(Stop), damage => damage.Check != "cleaning");
    }

    [Fact]
    public async Task A_file_that_may_not_be_written_is_refused_with_a_sentence()
    {
        await (await OpenAsync()).DisposeAsync();
        System.IO.File.SetAttributes(File, FileAttributes.ReadOnly);

        var refusal = await RefusalAsync(() => OpenAsync());

        Assert.Equal((MemoryError.ReadOnly, $"The database '{File}' may not be written; make it and its folder writable, or choose another data folder."), refusal);
    }

    [Fact]
    public async Task Two_programs_that_write_at_once_lose_nothing()
    {
        var databases = await Task.WhenAll(OpenAsync(), OpenAsync());

        await Task.WhenAll(databases.Select((database, program) => Task.Run(
            async () =>
            {
                var (facts, indexer) = (new FactStore(database, TimeProvider.System), new MemoryIndexer(database, TimeProvider.System));
                for (var number = 0; number < 40; number++)
                {
                    var fact = await facts.AddAsync(new NewFact($"Program {program} adds {number}.", FactKind.Knowledge), Stop);
                    await indexer.EmbedAsync(HashEmbeddings.Embedder, cancellationToken: Stop);
                    if (number % 4 == 0)
                    {
                        await new MemoryEraser(database).ForgetAsync(new ForgetRequest { Facts = [fact.Id] }, Stop);
                    }
                }
            },
            Stop)));

        Assert.Equal(60, (await new FactStore(databases[0], Time).ListAsync(limit: 1000, cancellationToken: Stop)).Count);
        Assert.DoesNotContain(await new MemoryVerification(databases[0]).VerifyAsync(Stop), damage => damage.Check != "cleaning");
    }

    [Theory]
    [InlineData("Anna\0 lives in Bergen.", "Anna\0 lives in Bergen.")]
    [InlineData("Anna # lives in Bergen.", "Anna \ufffd lives in Bergen.")]
    [InlineData("#Anna lives in Bergen.#", "\ufffdAnna lives in Bergen.\ufffd")]
    public async Task Texts_that_are_no_text_are_kept_found_and_forgotten(string given, string kept)
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);

        // A lone surrogate does not get through the metadata of an assembly.
        var fact = await facts.AddAsync(new NewFact(given.Replace('#', '\ud83d'), FactKind.Relation), Stop);
        await new MemoryIndexer(database, Time).EmbedAsync(HashEmbeddings.Embedder, cancellationToken: Stop);
        var found = await new MemorySearch(database, Time).SearchAsync(new MemoryQuery("Bergen"), HashEmbeddings.Embedder, Stop);
        var damage = await new MemoryVerification(database).VerifyAsync(Stop);
        await new MemoryEraser(database).ForgetAsync(new ForgetRequest { Facts = [fact.Id] }, Stop);

        Assert.Equal(kept, fact.Text);
        Assert.Equal([kept], found.Select(hit => hit.Passage.Text));
        Assert.Empty(damage);
        Assert.Empty(await facts.ListAsync(includeRetracted: true, cancellationToken: Stop));
    }

    [Fact]
    public async Task A_message_of_100_MB_is_stored_searched_and_forgotten()
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        var text = string.Concat(Enumerable.Repeat("Data without end, line by line.\n", 100_000_000 / 32));
        await ExchangeAsync(database, session.Id, "Where is Quirina? " + text, "In Zanzibar.");
        var began = Stopwatch.GetTimestamp();

        var indexer = new MemoryIndexer(database, Time);
        await indexer.IndexTurnsAsync(Stop);
        await indexer.EmbedAsync(HashEmbeddings.Embedder, cancellationToken: Stop);
        var found = await new MemorySearch(database, Time).SearchAsync(new MemoryQuery("Quirina") { Limit = 1 }, HashEmbeddings.Embedder, Stop);
        await new MemoryEraser(database).ForgetAsync(new ForgetRequest { Session = session.Id }, Stop);
        await ForgettingChild.FinishAsync(new MemoryEraser(database), Stop);

        TestContext.Current.TestOutputHelper!.WriteLine($"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        Assert.StartsWith("Where is Quirina?", found[0].Passage.Text, StringComparison.Ordinal);
        Assert.Empty(await new MemoryVerification(database).VerifyAsync(Stop));
        Assert.Empty((await TraceSearch.InFilesAsync(Folder, ["Quirina", "Zanzibar", "line by line"], Stop)).Found);
        Assert.InRange(new FileInfo(File).Length, 0, 5_000_000);
    }
}
