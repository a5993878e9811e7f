using System.Numerics.Tensors;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Recall.Index;

public sealed class CodeIndexTests : MemoryTest
{
    [Fact]
    public async Task The_first_pass_over_signs_loses_less_than_a_hundredth_of_the_ten_nearest()
    {
        var database = await OpenAsync();
        var facts = new FactStore(database, Time);
        var random = new Random(5);
        string[] words = [.. Enumerable.Range(0, 400).Select(number => $"word{number}")];
        string Sentence() => string.Join(' ', Enumerable.Range(0, 8).Select(_ => words[random.Next(words.Length)]));
        string[] texts = [.. Enumerable.Range(0, 3_000).Select(_ => Sentence())];
        await facts.AddAsync([.. texts.Select(text => new NewFact(text, FactKind.Knowledge))], ChangeAction.Import, cancellationToken: Stop);
        await new MemoryIndexer(database, Time).EmbedAsync(HashEmbeddings.Embedder, cancellationToken: Stop);
        var search = new MemorySearch(database, Time);

        var found = 0;
        for (var question = 0; question < 50; question++)
        {
            var text = Sentence();
            var vector = HashEmbeddings.VectorOf(text);
            var nearest = texts.OrderByDescending(other => TensorPrimitives.Dot<float>(vector, HashEmbeddings.VectorOf(other))).Take(10).ToHashSet();
            var hits = await search.SearchAsync(new MemoryQuery(text) { Arms = RecallArms.Vectors, Limit = 10 }, HashEmbeddings.Embedder, Stop);
            found += hits.Count(hit => nearest.Contains(hit.Passage.Text));
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
}
