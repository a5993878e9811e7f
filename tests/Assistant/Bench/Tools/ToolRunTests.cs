using PersonalAi.Assistant.Bench.Tools;
using Xunit;

namespace PersonalAi.Tests.Assistant.Bench.Tools;

public sealed class ToolRunTests
{
    [Fact]
    public void Irrelevance_is_told_apart_from_accuracy()
    {
        var run = ToolRun.Of("think",
        [
            new ToolScore("simple_python", IsRight: true, Calls: 1, ValidCalls: 1, Tokens: 30),
            new ToolScore("multiple", IsRight: false, Calls: 3, ValidCalls: 2, Tokens: 50),
            new ToolScore("irrelevance", IsRight: true, Calls: 0, ValidCalls: 0, Tokens: null),
        ]);

        Assert.Equal((0.5, 1.0, 0.75, 20.0), (run.Accuracy, run.Irrelevance, run.SchemaValid, run.TokensPerCall));
        Assert.Equal(new CategoryScore(1, 0), run.ByCategory["multiple"]);
    }

    [Fact]
    public void What_was_not_asked_has_no_figure()
    {
        var run = ToolRun.Of("free", [new ToolScore("irrelevance", IsRight: true, Calls: 0, ValidCalls: 0, Tokens: null)]);

        Assert.Equal((null, 1.0, null, null), (run.Accuracy, run.Irrelevance, run.SchemaValid, run.TokensPerCall));
    }
}
