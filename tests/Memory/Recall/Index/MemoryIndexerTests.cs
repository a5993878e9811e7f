using Microsoft.Extensions.AI;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Recall.Index;

public sealed class MemoryIndexerTests : MemoryTest
{
    [Fact]
    public async Task A_turn_is_indexed_when_it_begins_and_its_answer_when_it_ends()
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        var turn = await Log(database).BeginTurnAsync(new NewTurn(session.Id, "Where is Porto?", "llama/starter"), Stop);
        await Indexer(database).IndexTurnsAsync(Stop);

        var begun = Passages();
        await Log(database).FinishTurnAsync(turn.Id, "In Portugal.", new TurnOutcome(TurnStatus.Complete), Stop);
        await Indexer(database).IndexTurnsAsync(Stop);
        await Indexer(database).IndexTurnsAsync(Stop);

        Assert.Equal(["prompt: Where is Porto?"], begun);
        Assert.Equal(["prompt: Where is Porto?", "answer: In Portugal."], Passages());
    }

    [Fact]
    public async Task A_long_message_becomes_pieces_that_say_where_they_stand()
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        var text = string.Join(' ', Enumerable.Range(1, 300).Select(number => $"Sentence number {number} stands here."));
        await ExchangeAsync(database, session.Id, text, "");
        await Indexer(database).IndexTurnsAsync(Stop);

        var pieces = await database.ReadAsync(connection => connection.Query("select first, last, text from passages order by number", row => (row.GetInt32(0), row.GetInt32(1), row.GetString(2))), Stop);

        Assert.InRange(pieces.Count, 12, 30);
        Assert.All(pieces, piece => Assert.Equal(text[piece.Item1..piece.Item2], piece.Item3));
        Assert.All(pieces, piece => Assert.EndsWith(".", piece.Item3, StringComparison.Ordinal));
        Assert.Equal(text.Count(letter => letter != ' '), pieces.Sum(piece => piece.Item3.Count(letter => letter != ' ')));
    }

    [Theory]
    [InlineData(" \u00a0\n\t")]
    [InlineData("\0")]
    [InlineData("\ud83d")]
    public async Task Any_text_can_be_indexed(string text)
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        await ExchangeAsync(database, session.Id, text, text);

        await Indexer(database).IndexTurnsAsync(Stop);
        await Indexer(database).EmbedAsync(HashEmbeddings.Embedder, cancellationToken: Stop);

        Assert.Equal(0, Number(File, "select count(*) from turns where indexed < 2"));
    }

    [Fact]
    public async Task Embedding_goes_on_where_it_was_stopped()
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);
        for (var number = 0; number < 150; number++)
        {
            await facts.AddAsync(new NewFact($"Fact number {number}.", FactKind.Knowledge), Stop);
        }

        await Assert.ThrowsAsync<OperationCanceledException>(() => Indexer(database).EmbedAsync(new TextEmbedder(new StopsAfter(1), HashEmbeddings.Embedder.Space), cancellationToken: Stop));
        var before = Number(File, "select count(*) from vector_codes");
        var reports = new List<(long Done, long Total)>();
        await Indexer(database).EmbedAsync(HashEmbeddings.Embedder, new Immediately(reports.Add), Stop);

        Assert.Equal(64, before);
        Assert.Equal([(64, 86), (86, 86)], reports);
        Assert.Equal((150, 0), (Number(File, "select count(*) from vector_codes"), Number(File, "select count(*) from vectors_to_make")));
    }

    [Fact]
    public async Task While_another_model_embeds_anew_the_space_before_answers_and_then_goes()
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);
        await facts.AddAsync([.. Enumerable.Range(0, 100).Select(number => new NewFact($"Fact number {number}.", FactKind.Knowledge))], ChangeAction.Import, cancellationToken: Stop);
        var first = HashEmbeddings.Embedder.Space;
        await Indexer(database).EmbedAsync(HashEmbeddings.Embedder, cancellationToken: Stop);
        var second = new EmbeddingSpace("other", "mean", HashEmbeddings.Dimensions);

        var before = await Indexer(database).StandInAsync(second, Stop);
        await Assert.ThrowsAsync<OperationCanceledException>(() => Indexer(database).EmbedAsync(new TextEmbedder(new StopsAfter(1), second), cancellationToken: Stop));
        var meanwhile = await Indexer(database).StandInAsync(second, Stop);
        await Indexer(database).EmbedAsync(HashEmbeddings.Embedder with { Space = second }, cancellationToken: Stop);
        var after = await Indexer(database).StandInAsync(second, Stop);

        Assert.Equal((first, first, null), (before, meanwhile, after));
        Assert.Equal(100, Number(File, "select count(*) from vector_codes"));
        Assert.Equal([second.Id], await database.ReadAsync(connection => connection.Query("select id from embedding_spaces", row => row.GetString(0)), Stop));
    }

    [Fact]
    public async Task A_model_of_another_length_is_refused()
    {
        var database = await OpenAsync();
        await new FactStore(database, Time).AddAsync(new NewFact("The user lives in Porto.", FactKind.Profile), Stop);
        var wrong = HashEmbeddings.Embedder with { Space = new EmbeddingSpace("hash", "mean", 48) };

        var refusal = await RefusalAsync(() => Indexer(database).EmbedAsync(wrong, cancellationToken: Stop));

        Assert.Equal((MemoryError.Invalid, "The embedding model gives vectors of 32 numbers, the space 'hash:mean:48:l2' has 48; name the model that belongs to it."), refusal);
    }

    [Fact]
    public async Task A_purged_session_leaves_neither_passages_nor_vectors()
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        await ExchangeAsync(database, session.Id, "Where is Porto?", "In Portugal.");
        await Indexer(database).IndexTurnsAsync(Stop);
        await Indexer(database).EmbedAsync(HashEmbeddings.Embedder, cancellationToken: Stop);

        await database.WriteAsync(connection => connection.Execute("delete from sessions"), Stop);
        await Indexer(database).EmbedAsync(HashEmbeddings.Embedder, cancellationToken: Stop);

        var left = await database.ReadAsync(
            connection => connection.Number("select (select count(*) from passages) + (select count(*) from vectors_1) + (select count(*) from vector_codes) + (select count(*) from entities) + (select count(*) from vectors_to_delete)"), Stop);
        Assert.Equal(0, left);
    }

    private MemoryIndexer Indexer(MemoryDatabase database) => new(database, Time);

    private List<string> Passages()
    {
        using var connection = Connect(File);
        return connection.Query("select part || ': ' || text from passages order by number", row => row.GetString(0));
    }

    private sealed class Immediately(Action<(long Done, long Total)> report) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => report(value);
    }

    private sealed class StopsAfter(int batches) : DelegatingEmbeddingGenerator<string, Embedding<float>>(new HashEmbeddings())
    {
        private int _left = batches;

        public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            _left-- > 0 ? base.GenerateAsync(values, options, cancellationToken) : throw new OperationCanceledException();
    }
}
