using System.Text.Json;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama.Tools;

namespace PersonalAi.Tests.Adapters.Llama.Tools;

/// <summary>Tools to offer in tests; they cannot be run.</summary>
internal static class SomeTools
{
    public static readonly AIFunctionDeclaration Area = Declare(
        "triangle_area",
        "Calculate the area of a triangle. It wants whole numbers.",
        """{"type":"object","properties":{"base":{"type":"integer"},"height":{"type":"integer"},"unit":{"enum":["cm","m"]}},"required":["base","height"]}""");

    public static readonly AIFunctionDeclaration Time = Declare("get_time", "Tell the time.", """{"type":"object"}""");

    /// <summary>A tool whose schema no grammar can enforce.</summary>
    public static readonly AIFunctionDeclaration Odd = Declare("odd", "Odd.", """{"type":"object","properties":{"a":{"type":"string","pattern":"(?=x)y"}}}""");

    public static AIFunctionDeclaration Declare(string name, string description, string schema) =>
        AIFunctionFactory.CreateDeclaration(name, description, JsonElement.Parse(schema));

    public static ToolOffer Offer(ToolCalling calling = ToolCalling.Think, bool isRequired = false, bool allowsMany = true) =>
        new([Area, Time], isRequired, allowsMany, calling);

    public static string Grammar(ToolFormat format, ToolOffer offer) => CallGrammar.Compile(format, offer, answerSchema: null).Gbnf;

    /// <summary>What contents say, for comparison: reasoning in [], calls as name and arguments.</summary>
    public static string Show(IEnumerable<AIContent> contents) => Join(contents.Select(content => content switch
    {
        TextReasoningContent reasoning => ("r", reasoning.Text),
        TextContent text => ("t", text.Text),
        FunctionCallContent call => ("c", $"<{call.Name} {JsonSerializer.Serialize(call.Arguments)}>"),
        _ => ("", ""),
    }));

    // Neighbouring contents of a kind are one, however they were cut.
    private static string Join(IEnumerable<(string Kind, string Text)> contents)
    {
        var joined = new List<(string Kind, string Text)>();
        foreach (var content in contents)
        {
            if (joined.Count > 0 && joined[^1].Kind == content.Kind && content.Kind != "c")
            {
                joined[^1] = (content.Kind, joined[^1].Text + content.Text);
            }
            else
            {
                joined.Add(content);
            }
        }

        return string.Concat(joined.Select(content => content.Kind == "r" ? $"[{content.Text}]" : content.Text));
    }
}
