using System.Text.Json;
using ModelContextProtocol.Protocol;
using PersonalAi.Tools.Mcp;
using Xunit;

namespace PersonalAi.Tests.Tools.Mcp;

public sealed class McpFieldTests
{
    private static readonly Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> Fields =
        JsonSerializer.Deserialize<ElicitRequestParams.RequestSchema>(
            """
            {"type": "object", "properties": {
              "name": {"type": "string", "minLength": 2, "maxLength": 5},
              "age": {"type": "integer", "minimum": 0, "maximum": 120, "default": 30},
              "score": {"type": "number"},
              "sure": {"type": "boolean"},
              "size": {"type": "string", "enum": ["s", "m"], "enumNames": ["Small", "Medium"]},
              "kinds": {"type": "array", "items": {"type": "string", "enum": ["a", "b", "c"]}}
            }}
            """,
            ModelContextProtocol.McpJsonUtilities.DefaultOptions)!.Properties.ToDictionary();

    [Theory]
    [InlineData("name", "Anna", "\"Anna\"")]
    [InlineData("age", "41", "41")]
    [InlineData("age", "", "30")]
    [InlineData("score", "1.5", "1.5")]
    [InlineData("sure", "Yes", "true")]
    [InlineData("size", "medium", "\"m\"")]
    [InlineData("kinds", "a, c", "[\"a\",\"c\"]")]
    public void An_answer_becomes_what_the_server_asked_for(string field, string typed, string json)
    {
        var problem = McpField.From(field, Fields[field], isRequired: true).Read(typed, out var value);

        Assert.Equal((null, json), (problem, value?.GetRawText()));
    }

    [Theory]
    [InlineData("name", "A", "'A' is not possible here; give a text from 2 to 5 characters.")]
    [InlineData("age", "130", "'130' is not possible here; give a whole number from 0 to 120.")]
    [InlineData("age", "4.5", "'4.5' is not possible here; give a whole number from 0 to 120.")]
    [InlineData("score", "NaN", "'NaN' is not possible here; give a number.")]
    [InlineData("sure", "maybe", "'maybe' is not possible here; give yes or no.")]
    [InlineData("size", "xl", "'xl' is not possible here; give one of Small, Medium.")]
    [InlineData("kinds", "a,d", "'a,d' is not possible here; give some of a, b, c, with commas.")]
    [InlineData("score", "", "An answer is needed.")]
    public void What_is_no_answer_is_refused_with_what_is_possible(string field, string typed, string problem)
    {
        Assert.Equal(problem, McpField.From(field, Fields[field], isRequired: true).Read(typed, out _));
    }
}
