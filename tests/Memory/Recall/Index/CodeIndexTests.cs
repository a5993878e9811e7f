using System.Numerics.Tensors;
using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Recall.Index;

public sealed class CodeIndexTests : MemoryTest
{
    private const int Dimensions = 384;

    [Fact]
    public async Task The_scan_of_codes_loses_less_than_a_hundredth_of_the_ten_nearest()
    {
        const int Count = 2_000;
        var random = new Random(5);
        var vectors = Enumerable.Range(0, Count).Select(_ => Unit(random)).ToArray();
        var database = await OpenAsync();
        await new FactStore(database, Time).AddAsync(
            [.. vectors.Select((_, number) => new NewFact($"Fact {number}.", FactKind.Knowledge))], ChangeAction.Import, cancellationToken: Stop);
        var space = new EmbeddingSpace("random", "none", Dimensions);
        await database.WriteAsync(
            connection =>
            {
                var number = connection.EnsureSpace(space, now: 0);
                foreach (var (index, vector) in vectors.Index())
                {
                    connection.StoreVector(number, index + 1, vector);
                }

                return number;
            },
            Stop);

        var found = 0;
        for (var question = 0; question < 50; question++)
        {
            var vector = Unit(random);
            var nearest = vectors.Index().OrderByDescending(other => TensorPrimitives.Dot<float>(vector, other.Item)).Take(10).Select(other => other.Index + 1L).ToHashSet();
            var hits = await database.ReadAsync(connection => FirstPass(connection, space, vector), Stop);
            found += hits.Count(nearest.Contains);
        }

        Assert.InRange(found, 495, 500);
    }

    [Fact]
    public async Task What_was_embedded_since_the_last_question_is_found()
    {
        var database = await OpenAsync();
        var search = new MemorySearch(database, Time);
        var query = new MemoryQuery("cello") { Arms = RecallArms.Vectors };
        await AddAsync("The user plays the cello.");
        var before = await search.SearchAsync(query, HashEmbeddings.Embedder, Stop);
        await AddAsync("cello");

        var after = await search.SearchAsync(query, HashEmbeddings.Embedder, Stop);

        Assert.Equal(["The user plays the cello."], before.Select(hit => hit.Passage.Text));
        Assert.Equal(["cello", "The user plays the cello."], after.Select(hit => hit.Passage.Text));

        async Task AddAsync(string text)
        {
            await new FactStore(database, Time).AddAsync(new NewFact(text, FactKind.Knowledge), Stop);
            await new MemoryIndexer(database, Time).EmbedAsync(HashEmbeddings.Embedder, cancellationToken: Stop);
        }
    }

    private static IReadOnlyList<long> FirstPass(SqliteConnection connection, EmbeddingSpace space, float[] vector) =>
        new CodeIndex(connection.FindSpace(space)!.Value, Dimensions).Scan(connection, vector).Nearest(50);

    private static float[] Unit(Random random)
    {
        var vector = Enumerable.Range(0, Dimensions).Select(_ => (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)).ToArray();
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
