using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Tools;
using PersonalAi.Tests.Adapters.Llama.Grammar;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Tools;

public sealed class PlainToolFormatTests
{
    private const string Call = """Action: triangle_area {"base": 10, "height": 5}""";

    private static readonly ToolFormat Format = ToolFormats.ByName("plain");

    [Fact]
    public void Describes_a_tool_in_one_short_line()
    {
        var nested = SomeTools.Declare(
            "find",
            "Find\nthings",
            """{"type":"object","properties":{"where":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]},"tags":{"type":"array","items":{"type":"string"}},"odd":{}}}""");

        Assert.Equal("""- triangle_area(base: integer, height: integer, unit?: "cm"|"m"): Calculate the area of a triangle.""", ToolSignature.Of(SomeTools.Area));
        Assert.Equal("- get_time(): Tell the time.", ToolSignature.Of(SomeTools.Time));
        Assert.Equal("- find(where?: {city: string}, tags?: string[], odd?: any): Find things", ToolSignature.Of(nested));
    }

    [Theory]
    [InlineData("Thought: The area.\n" + Call, true)]
    [InlineData("Thought: Both.\n" + Call + "\nAction: get_time {}", true)]
    [InlineData("Thought: Hello.\nAction: none\nHello!\nHow are you?", true)]
    [InlineData("Thought: Hello.\nAction: none\n", false)]
    [InlineData("Thought: The area.\nAction: triangle_area {\"base\": 10}", false)]
    [InlineData("Thought: The area.\nAction: circle_area {}", false)]
    [InlineData("Thought: The area.\n" + Call + "\nSo it is 25.", false)]
    [InlineData(Call, false)]
    public void A_thought_comes_before_calls_or_an_answer(string text, bool isPossible) =>
        Assert.Equal(isPossible, GrammarOracle.Accepts(SomeTools.Grammar(Format, SomeTools.Offer()), text));

    [Theory]
    [InlineData(Call, true)]
    [InlineData("Action: none\nHello!", true)]
    [InlineData("Thought: x\n" + Call, false)]
    public void Without_thought_the_decision_comes_first(string text, bool isPossible) =>
        Assert.Equal(isPossible, GrammarOracle.Accepts(SomeTools.Grammar(Format, SomeTools.Offer(ToolCalling.Grammar)), text));

    [Fact]
    public void A_call_that_is_required_leaves_no_answer_and_one_alone_no_second()
    {
        var grammar = SomeTools.Grammar(Format, SomeTools.Offer(ToolCalling.Grammar, isRequired: true, allowsMany: false));

        Assert.True(GrammarOracle.Accepts(grammar, Call));
        Assert.False(GrammarOracle.Accepts(grammar, "Action: none\nHello!"));
        Assert.False(GrammarOracle.Accepts(grammar, $"{Call}\nAction: get_time {{}}"));
    }

    [Fact]
    public void Where_nothing_may_be_called_only_the_answer_is_left()
    {
        var grammar = SomeTools.Grammar(Format, new ToolOffer([], IsRequired: false, AllowsMany: true, ToolCalling.Think));

        Assert.True(GrammarOracle.Accepts(grammar, "Action: none\nIt is 25."));
        Assert.False(GrammarOracle.Accepts(grammar, $"Thought: More.\n{Call}"));
        Assert.False(GrammarOracle.Accepts(grammar, Call));
    }

    [Fact]
    public void An_answer_can_be_held_to_a_schema_while_calls_stay_possible()
    {
        var schema = System.Text.Json.JsonElement.Parse("""{"type":"object","properties":{"area":{"type":"integer"}},"required":["area"]}""");
        var grammar = CallGrammar.Compile(Format, SomeTools.Offer(ToolCalling.Grammar), schema).Gbnf;

        Assert.True(GrammarOracle.Accepts(grammar, "Action: none\n{\"area\": 25}"));
        Assert.False(GrammarOracle.Accepts(grammar, "Action: none\nIt is 25."));
        Assert.True(GrammarOracle.Accepts(grammar, Call));
    }

    [Fact]
    public void Writes_calls_and_results_of_others()
    {
        var call = new FunctionCallContent("1", "triangle_area", new Dictionary<string, object?> { ["base"] = 10, ["height"] = 5 });

        Assert.Equal(Call, Format.WriteCalls([call]));
        Assert.Equal("Result of triangle_area: 25\nResult of the tool: 12:00", Format.WriteResults([("triangle_area", "25"), (null, "12:00")]));
    }
}
