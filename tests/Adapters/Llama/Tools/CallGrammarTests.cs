using System.Text.Json;
using Microsoft.Extensions.AI;
using NJsonSchema;
using PersonalAi.Adapters.Llama.Tools;
using PersonalAi.Assistant.Bench.Tools;
using PersonalAi.Tests.Adapters.Llama.Grammar;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Tools;

public sealed class CallGrammarTests
{
    [Fact]
    public async Task All_schemas_of_the_leaderboard_can_be_enforced()
    {
        foreach (var question in await QuestionsAsync())
        {
            var compiled = CallGrammar.Compile(ToolFormats.ByName("plain"), OfferOf(question), answerSchema: null);

            Assert.True(compiled.Unchecked.Count == 0, question.Id);
        }
    }

    [Fact]
    public async Task What_random_tokens_call_under_the_grammar_meets_the_schemas()
    {
        var random = new Random(3);
        var called = 0;
        foreach (var question in (await QuestionsAsync()).Where((_, number) => number % 40 == 0))
        {
            var offer = OfferOf(question);
            var text = GrammarOracle.Sample(SomeTools.Grammar(ToolFormats.ByName("plain"), offer), random, maxTokens: 400);
            var parser = ToolFormats.ByName("plain").Parse(offer);
            AIContent[] contents = text is null ? [] : [.. parser.Push(text), .. parser.Finish()];

            called += text is null ? 0 : 1;
            Assert.Equal(text is null ? 0 : 1, contents.OfType<FunctionCallContent>().Count());
            foreach (var call in contents.OfType<FunctionCallContent>())
            {
                var schema = await JsonSchema.FromJsonAsync(offer.Tools.Single(tool => tool.Name == call.Name).JsonSchema.GetRawText(), TestContext.Current.CancellationToken);
                Assert.Empty(schema.Validate(JsonSerializer.Serialize(call.Arguments)));
            }
        }

        Assert.InRange(called, 10, 30);
    }

    [Fact]
    public void A_tool_whose_schema_cannot_be_enforced_takes_any_object_and_says_so()
    {
        var compiled = CallGrammar.Compile(ToolFormats.ByName("plain"), new ToolOffer([SomeTools.Odd, SomeTools.Area], false, false, ToolCalling.Grammar), answerSchema: null);

        Assert.Equal(["odd"], compiled.Unchecked);
        Assert.True(GrammarOracle.Accepts(compiled.Gbnf, """Action: odd {"b": [1]}"""));
        Assert.False(GrammarOracle.Accepts(compiled.Gbnf, """Action: triangle_area {"b": [1]}"""));
    }

    private static async Task<IReadOnlyList<ToolQuestion>> QuestionsAsync()
    {
        var folder = Path.GetDirectoryName(TestData.Path(Path.Combine("bfcl", "BFCL_v4_multiple.json")))!;
        return await BfclCallFolder.ReadAsync(folder, cancellationToken: TestContext.Current.CancellationToken);
    }

    private static ToolOffer OfferOf(ToolQuestion question) =>
        new([.. question.Functions.Select(function => function.Declare())], IsRequired: true, AllowsMany: false, ToolCalling.Grammar);
}
