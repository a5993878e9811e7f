using System.Globalization;
using System.Text;
using System.Text.Json;
using PersonalAi.Adapters.Llama.Grammar;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Grammar;

public sealed class JsonSchemaGrammarTests
{
    private static readonly string AnyJson = JsonSchemaGrammar.Compile(JsonSerializer.SerializeToElement(new { }));

    [Fact]
    public void Writes_an_object_as_one_rule()
    {
        var grammar = Compile("""
            {
              "type": "object",
              "properties": {
                "name": { "type": "string", "minLength": 1, "maxLength": 40 },
                "age": { "type": "integer", "minimum": 0, "maximum": 120 },
                "tags": { "type": "array", "items": { "enum": ["new", "old"] }, "maxItems": 3 }
              },
              "required": ["age"]
            }
            """);

        Assert.Equal(
            """
            root ::= "{" ("\"name\":" sp string-1-40 "," sp)? "\"age\":" sp integer-0-120 ("," sp "\"tags\":" sp root-tags)? "}"
            escape ::= ["/\\bfnrt] | "u" [0-9A-CEFa-cef] [0-9A-Fa-f]{3} | "u" [Dd] [0-7] [0-9A-Fa-f]{2} | "u" [Dd] [89ABab] [0-9A-Fa-f]{2} "\\u" [Dd] [C-Fc-f] [0-9A-Fa-f]{2}
            char ::= [ !#-\[\]-~\xA0-\uD7FF\uE000-\U0010FFFF] | "\\" escape
            string-1-40 ::= "\"" char{1,40} "\""
            sp ::= " "?
            integer-0-120 ::= "0" | [1-9] [0-9]? | "1" ([01] [0-9] | "20")
            root-tags ::= "[" (root-tags-item root-tags-more{0,2})? "]"
            root-tags-item ::= "\"new\"" | "\"old\""
            root-tags-more ::= "," sp root-tags-item

            """,
            grammar,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Writes_optional_properties_as_a_chain()
    {
        var grammar = Compile("""{ "properties": { "a": { "type": "null" }, "b": { "type": "null" }, "c": { "type": "null" } } }""");

        Assert.Equal(
            """
            root ::= "{" ("\"a\":" sp "null" root-rest-2 | "\"b\":" sp "null" root-rest | "\"c\":" sp "null")? "}"
            sp ::= " "?
            root-rest ::= ("," sp "\"c\":" sp "null")?
            root-rest-2 ::= ("," sp "\"b\":" sp "null")? root-rest

            """,
            grammar,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Writes_a_recursive_definition_as_a_rule_that_names_itself()
    {
        var grammar = Compile("""
            {
              "$ref": "#/$defs/list",
              "$defs": { "list": { "properties": { "next": { "anyOf": [{ "$ref": "#/$defs/list" }, { "type": "null" }] } }, "required": ["next"] } }
            }
            """);

        Assert.Equal(
            """
            root ::= "{\"next\":" sp root-next "}"
            root-next ::= root | "null"
            sp ::= " "?

            """,
            grammar,
            ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData("[]", true)]
    [InlineData("{}", true)]
    [InlineData("-0.5e+3", true)]
    [InlineData("\"a\"", true)]
    [InlineData("""{"a":[1, {"b": null}],"c":false}""", true)]
    [InlineData("""{"a" :1}""", false)]
    [InlineData("""{"a":  1}""", false)]
    [InlineData("[ 1]", false)]
    [InlineData("[1\n]", false)]
    [InlineData("", false)]
    [InlineData("{}{}", false)]
    [InlineData("{},", false)]
    [InlineData("""{"a":1,}""", false)]
    [InlineData("01", false)]
    [InlineData("1.", false)]
    [InlineData("1e400", false)]
    [InlineData("1234567890123456", false)]
    [InlineData("nul", false)]
    public void Any_value_is_compact_json(string text, bool accepted) => Assert.Equal(accepted, GrammarOracle.Accepts(AnyJson, text));

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"a": [1]}""", true)]
    [InlineData("[]", false)]
    [InlineData("1", false)]
    public void Any_object_is_an_object(string text, bool accepted) => Assert.Equal(accepted, GrammarOracle.Accepts(JsonSchemaGrammar.AnyObject, text));

    [Fact]
    public void Any_value_nests_no_deeper_than_a_reader_follows()
    {
        Assert.True(GrammarOracle.Accepts(AnyJson, new string('[', 16) + new string(']', 16)));
        Assert.False(GrammarOracle.Accepts(AnyJson, new string('[', 17) + new string(']', 17)));
    }

    [Fact]
    public void Forty_optional_properties_cost_a_rule_each()
    {
        var grammar = Compile(ObjectOf(40, "string"));

        Assert.InRange(grammar.Length, 0, 7_000);
        Assert.InRange(grammar.Split('\n').Length, 0, 46);
        Assert.True(GrammarOracle.Accepts(grammar, "{}"));
        Assert.True(GrammarOracle.Accepts(grammar, """{"property0":"a","property39":"b"}"""));
        Assert.True(GrammarOracle.Accepts(grammar, """{"property17":"a", "property18":"b"}"""));
        Assert.False(GrammarOracle.Accepts(grammar, """{"property18":"a","property17":"b"}"""));
        Assert.False(GrammarOracle.Accepts(grammar, """{"property17":"a","property17":"b"}"""));
        Assert.False(GrammarOracle.Accepts(grammar, """{,"property17":"a"}"""));
    }

    [Theory]
    [InlineData("""{ "type": "string", "maxLength": 1000000 }""", 600)]
    [InlineData("""{ "type": "string", "minLength": 123456, "maxLength": 9007199254740991 }""", 1500)]
    [InlineData("""{ "type": "array", "items": { "type": "null" }, "minItems": 5000, "maxItems": 2147483647 }""", 600)]
    public void Large_bounds_make_small_grammars(string schema, int maxLength)
    {
        var grammar = Compile(schema);

        Assert.InRange(grammar.Length, 0, maxLength);
        Assert.False(GrammarOracle.Accepts(grammar, "[]"));
    }

    [Theory]
    [InlineData(0, 2500, 1000)]
    [InlineData(999, 1001, 1000)]
    [InlineData(1500, 3000, 1500)]
    [InlineData(2000, 2000, 2000)]
    public void Bounds_beyond_what_llama_cpp_repeats_are_exact(int min, int max, int inside)
    {
        var grammar = Compile(string.Create(CultureInfo.InvariantCulture, $$"""{ "type": "string", "minLength": {{min}}, "maxLength": {{max}} }"""));

        Assert.Equal(min == 0, AcceptsLetters(0));
        Assert.False(min > 0 && AcceptsLetters(min - 1));
        Assert.True(AcceptsLetters(min));
        Assert.True(AcceptsLetters(inside));
        Assert.True(AcceptsLetters(max));
        Assert.False(AcceptsLetters(max + 1));

        bool AcceptsLetters(int count) => GrammarOracle.Accepts(grammar, $"\"{new string('a', count)}\"");
    }

    [Fact]
    public void A_thousand_alternatives_are_still_told_apart()
    {
        var grammar = Compile($$"""{ "enum": [{{string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"value {i}\""))}}] }""");

        Assert.True(GrammarOracle.Accepts(grammar, "\"value 999\""));
        Assert.False(GrammarOracle.Accepts(grammar, "\"value 1000\""));
    }

    internal static string Compile(string schema)
    {
        using var document = JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = 1000 });
        return JsonSchemaGrammar.Compile(document.RootElement);
    }

    private static string ObjectOf(int properties, string type)
    {
        var schema = new StringBuilder("""{ "type": "object", "properties": {""");
        schema.AppendJoin(',', Enumerable.Range(0, properties).Select(i => $$"""  "property{{i}}": { "type": "{{type}}" }"""));
        return schema.Append("} }").ToString();
    }
}
