using PersonalAi.Assistant.Bench.Writing;
using PersonalAi.Memory.Facts.Writing;
using Xunit;

namespace PersonalAi.Tests.Assistant.Bench;

public sealed class WritingBenchmarkTests
{
    [Fact]
    public async Task Rules_alone_store_little_that_is_wrong_and_nothing_from_others_words()
    {
        var personas = WritingPersona.ReadFolder(Path.Combine(Repository.Root, "tests", "Corpus", "writing"));
        var benchmark = new WritingBenchmark((turn, _) => Task.FromResult(FactProposer.Propose(turn)), TimeProvider.System);

        var scores = await benchmark.RunAsync(personas, TestContext.Current.CancellationToken);

        Assert.Equal((0, 0), (scores.Untrusted, scores.Duplicates));
        Assert.InRange(scores.Echoes, 0, 1);
        Assert.InRange(scores.Precision, 0.97, 1);
        Assert.InRange(scores.Recall, 0.74, 1);
        Assert.InRange(scores.Superseded, 8, scores.ToSupersede);
        Assert.InRange(scores.UserTurns, 300, int.MaxValue);
    }
}
