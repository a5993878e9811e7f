using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Tools;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Tools;

public sealed class CallParserTests
{
    private const string Area = "<triangle_area {\"base\":10,\"height\":5}>";
    private const string Json = "{\"base\": 10, \"height\": 5}";

    [Theory]
    [InlineData("plain", "Thought: x\nAction: triangle_area " + Json, "[Thought: x\nAction: triangle_area " + Json + "]" + Area)]
    [InlineData("plain", "Thought: x\nAction: get_time {}\nAction: get_time {}", "[Thought: x\nAction: get_time {}\n]<get_time {}>[Action: get_time {}]<get_time {}>")]
    [InlineData("plain", "Thought: x\nAction: none\nHi!\nAction: get_time {}", "[Thought: x\nAction: none\n]Hi!\nAction: get_time {}")]
    [InlineData("plain", "Thought: x\nAction: triangle_area {\"base\": 1", "[Thought: x\nAction: triangle_area {\"base\": 1]")]
    [InlineData("hermes", "Is 3 < 4?", "Is 3 < 4?")]
    [InlineData("hermes", "Well.\n<tool_call>\n{\"name\": \"triangle_area\", \"arguments\": " + Json + "}\n</tool_call>", "Well.\n[<tool_call>\n{\"name\": \"triangle_area\", \"arguments\": " + Json + "}\n</tool_call>]" + Area)]
    [InlineData("hermes", "<tool_call>\n{\"name\": \"get_time\", \"arguments\": {}}\n</tool_call>\n<tool_call>\n{\"name\"", "[<tool_call>\n{\"name\": \"get_time\", \"arguments\": {}}\n</tool_call>]<get_time {}>[\n<tool_call>\n{\"name\"]")]
    [InlineData("hermes", "<tool_ca", "<tool_ca")]
    [InlineData("llama-3", "{\"name\": \"triangle_area\", \"parameters\": " + Json + "}", "[{\"name\": \"triangle_area\", \"parameters\": " + Json + "}]" + Area)]
    [InlineData("llama-3", "A {brace}.", "A {brace}.")]
    [InlineData("llama-3", "{\"name\": \"tri", "[{\"name\": \"tri]")]
    [InlineData("llama-3", "<|python_tag|>{\"name\": \"get_time\", \"parameters\": {}}", "[<|python_tag|>{\"name\": \"get_time\", \"parameters\": {}}]<get_time {}>")]
    [InlineData("mistral", "[TOOL_CALLS] [{\"name\": \"get_time\", \"arguments\": {}}, {\"name\": \"get_time\", \"arguments\": {}}]", "[[TOOL_CALLS] [{\"name\": \"get_time\", \"arguments\": {}}, {\"name\": \"get_time\", \"arguments\": {}}]]<get_time {}><get_time {}>")]
    [InlineData("mistral", "[TOOL_CALLS] [{\"name\": \"get_ti", "[[TOOL_CALLS] [{\"name\": \"get_ti]")]
    public void What_is_no_answer_is_reasoning_however_it_is_cut(string format, string text, string expected)
    {
        for (var length = 1; length <= text.Length; length++)
        {
            Assert.Equal(expected, SomeTools.Show(Read(ToolFormats.ByName(format), SomeTools.Offer(), text, length)));
        }
    }

    [Theory]
    [InlineData("Action: triangle_area " + Json, "[Action: triangle_area " + Json + "]" + Area)]
    [InlineData("I will.\nAction: triangle_area(base=10, height=5)\nDone.", "I will.\n[Action: triangle_area(base=10, height=5)\n]" + Area + "Done.")]
    [InlineData("```json\n{\n  \"name\": \"triangle_area\",\n  \"arguments\": " + Json + "\n}\n```", "[```json\n{\n  \"name\": \"triangle_area\",\n  \"arguments\": " + Json + "\n}\n]" + Area + "[```]")]
    [InlineData("triangle_area(" + Json + ")", "[triangle_area(" + Json + ")]" + Area)]
    [InlineData("Thought: get_time {}\nAction: none\nHi!", "[Thought: get_time {}\nAction: none\n]Hi!")]
    [InlineData("I do not know the time.\n- nor the place", "I do not know the time.\n- nor the place")]
    [InlineData("Action: triangle_area {\"base\": 1", "[Action: triangle_area {\"base\": 1]")]
    public void Free_text_is_read_leniently(string text, string expected)
    {
        for (var length = 1; length <= text.Length; length++)
        {
            Assert.Equal(expected, SomeTools.Show(Read(ToolFormats.ByName("plain"), SomeTools.Offer(ToolCalling.Free), text, length)));
        }
    }

    private static List<AIContent> Read(ToolFormat format, ToolOffer offer, string text, int length)
    {
        var parser = format.Parse(offer);
        var contents = text.Chunk(length).SelectMany(piece => parser.Push(new string(piece))).ToList();
        return [.. contents, .. parser.Finish()];
    }
}
