using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.Policy;
using Xunit;

namespace PersonalAi.Tests.Tools;

public sealed class ToolRunnerTests
{
    private readonly ToolRunner _runner = new(new ToolPolicy(), new HeadlessGate(), ToolFace.Headless, new ToolLimits { ResultLength = 5 }, NullLogger<ToolRunner>.Instance);

    [Theory]
    [InlineData("fetch_\u0440\u0430ge", @"fetch_\u{0440}\u{0430}ge")]
    [InlineData("fetch\u200b_page", @"fetch\u{200B}_page")]
    [InlineData("a\u001b[2J\n'", @"a\u{001B}[2J\u{000A}'")]
    public async Task A_name_that_the_model_made_up_is_no_tool_and_every_letter_of_it_is_seen(string name, string shown)
    {
        var outcome = await _runner.RunAsync(tool: null, new ToolCall("1", name, JsonSerializer.SerializeToElement(new { })), Taint.None, TestContext.Current.CancellationToken);

        Assert.Equal((ToolStatus.Invalid, $"There is no tool '{shown}' here; use one of those that are listed, or none."), (outcome.Status, outcome.Text));
    }

    [Fact]
    public async Task A_name_as_long_as_a_letter_is_cut()
    {
        var outcome = await _runner.RunAsync(tool: null, new ToolCall("1", new string('x', 5_000), JsonSerializer.SerializeToElement(new { })), Taint.None, TestContext.Current.CancellationToken);

        Assert.Equal($"There is no tool '{new string('x', 100)}…' here; use one of those that are listed, or none.", outcome.Text);
    }

    [Fact]
    public async Task A_result_is_not_cut_within_a_character()
    {
        var outcome = await CallAsync(new ServerTool("look_up", "Looks up.", "abcd😀e").As(ToolRisk.ReadsLocal), new { });

        Assert.Equal("abcd\n[Cut here: 4 of 7 characters are given; ask for a smaller part.]", outcome.Text);
    }

    [Fact]
    public async Task A_call_of_a_tool_whose_schema_cannot_be_read_does_not_run()
    {
        var tool = new Tool(new UnreadableSchema(), ToolRisk.ReadsLocal, ToolTrust.Untrusted);

        var outcome = await CallAsync(tool, new { x = 1 });

        Assert.Equal(
            (ToolStatus.Invalid, "The arguments of odd are wrong: the schema of the tool cannot be read, so that no arguments can be right. Correct them and call it again."),
            (outcome.Status, outcome.Text));
    }

    private Task<ToolOutcome> CallAsync(Tool tool, object arguments) =>
        _runner.RunAsync(tool, new ToolCall("1", tool.Name, JsonSerializer.SerializeToElement(arguments)), Taint.None, TestContext.Current.CancellationToken);

    private sealed class UnreadableSchema : AIFunction
    {
        public override string Name => "odd";

        public override JsonElement JsonSchema { get; } = JsonDocument.Parse("""{"type":"object","properties":{"x":true,"y":false}}""").RootElement;

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => throw new InvalidOperationException("It ran.");
    }
}
