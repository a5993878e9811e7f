using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Templates;
using PersonalAi.Adapters.Llama.Tools;
using PersonalAi.Tests.Adapters.Llama.Grammar;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Tools;

public sealed class NativeToolFormatTests
{
    private const string Arguments = """{"base": 10, "height": 5}""";
    private const string HermesCall = "<tool_call>\n{\"name\": \"triangle_area\", \"arguments\": " + Arguments + "}\n</tool_call>";
    private const string LlamaCall = "{\"name\": \"triangle_area\", \"parameters\": " + Arguments + "}";
    private const string MistralCall = "[TOOL_CALLS] [{\"name\": \"triangle_area\", \"arguments\": " + Arguments + "}";

    [Theory]
    [InlineData("hermes", "It is 25.", true)]
    [InlineData("hermes", "Is 3 < 4 and <tool a tag?", true)]
    [InlineData("hermes", "Let me see.\n" + HermesCall, true)]
    [InlineData("hermes", HermesCall + "\n" + HermesCall, true)]
    [InlineData("hermes", "<<tool_call>\n{}", false)]
    [InlineData("hermes", "<tool_call>\n{\"name\": \"triangle_area\", \"arguments\": {\"base\": \"ten\"}}\n</tool_call>", false)]
    [InlineData("hermes", HermesCall + "\nIt is 25.", false)]
    [InlineData("llama-3", "It is {25}.", true)]
    [InlineData("llama-3", LlamaCall, true)]
    [InlineData("llama-3", "<|python_tag|>" + LlamaCall, true)]
    [InlineData("llama-3", "Look: <|python_tag|>" + LlamaCall, true)]
    [InlineData("llama-3", "{\"area\": 25}", false)]
    [InlineData("llama-3", "<|python_tag|>print(1)", false)]
    [InlineData("mistral", "It is [25].", true)]
    [InlineData("mistral", MistralCall + "]", true)]
    [InlineData("mistral", MistralCall + ", {\"name\": \"get_time\", \"arguments\": {}}]", true)]
    [InlineData("mistral", "[TOOL_CALLS] nothing", false)]
    public void Text_is_free_until_the_model_begins_a_call(string format, string text, bool isPossible) =>
        Assert.Equal(isPossible, GrammarOracle.Accepts(SomeTools.Grammar(ToolFormats.ByName(format), SomeTools.Offer()), text));

    [Theory]
    [InlineData("hermes", HermesCall)]
    [InlineData("llama-3", LlamaCall)]
    [InlineData("mistral", MistralCall + "]")]
    public void A_required_call_is_the_only_thing_that_is_possible(string format, string call)
    {
        var grammar = SomeTools.Grammar(ToolFormats.ByName(format), SomeTools.Offer(isRequired: true));

        Assert.True(GrammarOracle.Accepts(grammar, call));
        Assert.False(GrammarOracle.Accepts(grammar, "It is 25."));
    }

    [Theory]
    [InlineData("hermes", HermesCall)]
    [InlineData("llama-3", "<|python_tag|>" + LlamaCall)]
    [InlineData("mistral", MistralCall + "]")]
    public void Where_nothing_may_be_called_the_mark_cannot_be_written(string format, string call)
    {
        var grammar = SomeTools.Grammar(ToolFormats.ByName(format), new ToolOffer([], IsRequired: false, AllowsMany: true, ToolCalling.Grammar));

        Assert.True(GrammarOracle.Accepts(grammar, "It is 25."));
        Assert.False(GrammarOracle.Accepts(grammar, call));
    }

    [Theory]
    [InlineData("{{ '<tools>' }} <tool_call> {\"name\", \"arguments\"} <|im_start|>", "hermes")]
    [InlineData("<|start_header_id|> Environment: ipython {\"name\": function name, \"parameters\": {}}", "llama-3")]
    [InlineData("[AVAILABLE_TOOLS] [TOOL_CALLS] [INST]", "mistral")]
    [InlineData("[AVAILABLE_TOOLS] [TOOL_CALLS]name[ARGS]{}", "plain")]
    [InlineData("<|im_start|>", "plain")]
    public void The_format_is_recognised_by_the_template(string source, string format)
    {
        var template = ChatTemplates.Choose(source: null, "chatml");

        Assert.Equal(format, ToolFormats.Recognise(source, template, isChosen: false).Name);
        Assert.Equal("plain", ToolFormats.Recognise(source, template, isChosen: true).Name);
    }

    [Fact]
    public void Hermes_describes_calls_and_answers_as_its_template_does()
    {
        var format = ToolFormats.ByName("hermes");
        var call = new FunctionCallContent("1", "get_time", new Dictionary<string, object?>());

        Assert.Contains(
            "<tools>\n{\"type\":\"function\",\"function\":{\"name\":\"get_time\",\"description\":\"Tell the time.\",\"parameters\":{\"type\":\"object\"}}}\n</tools>",
            format.Describe([SomeTools.Time]),
            StringComparison.Ordinal);
        Assert.Equal("<tool_call>\n{\"name\": \"get_time\", \"arguments\": {}}\n</tool_call>", format.WriteCalls([call]));
        Assert.Equal("<tool_response>\n12:00\n</tool_response>\n<tool_response>\n25\n</tool_response>", format.WriteResults([("get_time", "12:00"), (null, "25")]));
    }
}
