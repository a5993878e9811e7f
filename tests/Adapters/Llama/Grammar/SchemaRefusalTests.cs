using System.Text;
using System.Text.Json;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama.Grammar;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Grammar;

/// <summary>What cannot be enforced, or is wrong, is named with its place; nothing is ignored.</summary>
public sealed class SchemaRefusalTests
{
    [Theory]
    [InlineData("""{"properties":{"a":{"not":{}}}}""", "keyword \"not\" at \"#/properties/a\" cannot be enforced by a grammar; write the cases under \"anyOf\".")]
    [InlineData("""{"if":{},"then":{}}""", "keyword \"if\" at \"#\" cannot be enforced by a grammar; write the cases under \"anyOf\".")]
    [InlineData("""{"patternProperties":{"a":{}}}""", "keyword \"patternProperties\" at \"#\" cannot be enforced by a grammar; declare the properties, or use \"additionalProperties\".")]
    [InlineData("""{"items":{"type":"array","contains":{}}}""", "keyword \"contains\" at \"#/items\" cannot be enforced by a grammar; remove it.")]
    [InlineData("""{"type":"array","uniqueItems":true}""", "keyword \"uniqueItems\" at \"#\" cannot be enforced by a grammar; remove it.")]
    [InlineData("""{"dependentRequired":{}}""", "keyword \"dependentRequired\" at \"#\" cannot be enforced by a grammar; write the cases under \"anyOf\".")]
    [InlineData("""{"type":"string","contentEncoding":"base64"}""", "keyword \"contentEncoding\" at \"#\" cannot be enforced by a grammar; remove it.")]
    [InlineData("""{"colour":"red"}""", "keyword \"colour\" at \"#\" cannot be enforced by a grammar; remove it.")]
    [InlineData("""{"type":"object","unevaluatedProperties":{"type":"null"}}""", "keyword \"unevaluatedProperties\" at \"#\" cannot be enforced by a grammar; remove it.")]
    [InlineData("""{"type":"integer","multipleOf":5}""", "keyword \"multipleOf\" at \"#\" cannot be enforced by a grammar; it can be 1 for integers.")]
    [InlineData("""{"type":"number","multipleOf":0.25}""", "keyword \"multipleOf\" at \"#\" cannot be enforced by a grammar; it can be 1, 0.1, 0.01 and so on.")]
    [InlineData("""{"type":"number","minimum":0.5}""", "keyword \"minimum\" at \"#\" cannot be enforced by a grammar; for numbers that are no integers, use a whole number of at most 64 bits.")]
    [InlineData("""{"format":"date","pattern":"a"}""", "keyword \"pattern\" at \"#\" cannot be enforced by a grammar; the format \"date\" stands beside it; keep one of them.")]
    [InlineData("""{"pattern":"^a*b*$","maxLength":3}""", "keyword \"maxLength\" at \"#\" cannot be enforced by a grammar; write the length into the pattern beside it.")]
    [InlineData("""{"allOf":[{"pattern":"a"},{"pattern":"b"}]}""", "keyword \"pattern\" at \"#/allOf/1\" cannot be enforced by a grammar; it is \"b\" here and \"a\" elsewhere for the same value.")]
    [InlineData("""{"enum":["a"],"pattern":"b"}""", "keyword \"pattern\" at \"#\" cannot be enforced by a grammar; its values are listed beside it, so remove it.")]
    [InlineData("""{"oneOf":[{"type":"string"},{"maxLength":3}]}""", "keyword \"oneOf\" at \"#\" cannot be enforced by a grammar; a value could meet alternative 0 and alternative 1 at once, so give each a required property with another \"const\", or use \"anyOf\".")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"}]}""", "keyword \"oneOf\" at \"#\" cannot be enforced by a grammar; a value could meet alternative 0 and alternative 1 at once, so give each a required property with another \"const\", or use \"anyOf\".")]
    [InlineData("""{"properties":{"a":{}},"propertyNames":{}}""", "keyword \"propertyNames\" at \"#\" cannot be enforced by a grammar; the property \"a\" is named beside it; remove one of them.")]
    [InlineData("""{"type":"object","minProperties":2}""", "keyword \"minProperties\" at \"#\" cannot be enforced by a grammar; keys might repeat; require properties by name.")]
    [InlineData("""{"properties":{"a":{},"b":{}},"maxProperties":1}""", "keyword \"maxProperties\" at \"#\" cannot be enforced by a grammar; declare no more optional properties than it allows.")]
    public void Keywords_that_no_grammar_can_hold_are_named(string schema, string message) => AssertRefused("The JSON schema " + message, schema);

    [Theory]
    [InlineData("1", "at \"#\" is a number, not an object or a boolean; correct it.")]
    [InlineData("""{"properties":{"a/b":[]}}""", "at \"#/properties/a~1b\" is an array, not an object or a boolean; correct it.")]
    [InlineData("false", "at \"#\" is false at \"#\", so that no value meets it; correct it.")]
    [InlineData("""{"type":"text"}""", "keyword \"type\" at \"#\" is \"text\", which is no type of JSON; correct it.")]
    [InlineData("""{"type":[]}""", "keyword \"type\" at \"#\" is not a list with at least one entry; correct it.")]
    [InlineData("""{"type":1}""", "keyword \"type\" at \"#\" is not the name of a type or a list of names; correct it.")]
    [InlineData("""{"enum":[]}""", "keyword \"enum\" at \"#\" is not a list with at least one entry; correct it.")]
    [InlineData("""{"type":"string","enum":[1]}""", "keyword \"enum\" at \"#\" lists no value that meets the other keywords; correct one.")]
    [InlineData("""{"items":{},"minItems":3,"maxItems":2}""", "keyword \"minItems\" at \"#\" is 3, but there can be 2 at most; correct it.")]
    [InlineData("""{"type":"string","minLength":3,"maxLength":2}""", "keyword \"maxLength\" at \"#\" is 2, less than \"minLength\" 3; correct one of them.")]
    [InlineData("""{"type":"string","minLength":-1}""", "keyword \"minLength\" at \"#\" is -1, not a whole number of zero or more; correct it.")]
    [InlineData("""{"type":"integer","minimum":3,"maximum":2}""", "keyword \"maximum\" at \"#\" leaves no number that is large or small enough; correct it or the bound on the other side.")]
    [InlineData("""{"type":"integer","minimum":1e20}""", "keyword \"minimum\" at \"#\" leaves no number that is large or small enough; correct it or the bound on the other side.")]
    [InlineData("""{"type":"number","exclusiveMinimum":1,"maximum":1}""", "keyword \"maximum\" at \"#\" leaves no number that is large or small enough; correct it or the bound on the other side.")]
    [InlineData("""{"required":true}""", "keyword \"required\" at \"#\" is not a list of property names; correct it.")]
    [InlineData("""{"properties":[]}""", "keyword \"properties\" at \"#\" is not an object of schemas; correct it.")]
    [InlineData("""{"properties":{"a":false},"required":["a"]}""", "keyword \"required\" at \"#\" names \"a\", which can have no value; correct its schema.")]
    [InlineData("""{"$ref":"#/$defs/a"}""", "keyword \"$ref\" at \"#\" is \"#/$defs/a\", but there is no \"$defs\" at \"#\"; correct it.")]
    [InlineData("""{"$ref":"https://example.org/x.json"}""", "keyword \"$ref\" at \"#\" is \"https://example.org/x.json\", which is no JSON pointer into this schema such as \"#/$defs/name\"; put the schema there.")]
    [InlineData("""{"$ref":"#name"}""", "keyword \"$ref\" at \"#\" is \"#name\", which is no JSON pointer into this schema such as \"#/$defs/name\"; put the schema there.")]
    [InlineData("""{"allOf":[{"type":"string"},{"type":"null"}]}""", "at \"#\" demands another type at \"#/allOf/1\" than elsewhere, so that no value meets it; correct it.")]
    [InlineData("""{"allOf":[{"const":1},{"const":2}]}""", "at \"#\" allows none of the values at \"#/allOf/1\" that it allows elsewhere, so that no value meets it; correct it.")]
    [InlineData("""{"anyOf":[false]}""", "keyword \"anyOf\" at \"#\" has no alternative that a value could meet; correct one.")]
    [InlineData("""{"type":"string","format":"phone"}""", "keyword \"format\" at \"#\" is \"phone\", for which no grammar is known; use one of \"byte\", \"date\", \"date-time\", \"duration\", \"email\", \"guid\", \"hostname\", \"ipv4\", \"ipv6\", \"time\", \"uri\", \"url\", \"uuid\", or \"pattern\".")]
    public void Wrong_schemas_are_named(string schema, string message) => AssertRefused("The JSON schema " + message, schema);

    [Theory]
    [InlineData("(?=a)b", "has a look-ahead or look-behind")]
    [InlineData("(?<!a)b", "has a look-ahead or look-behind")]
    [InlineData(@"(a)\1", "has a back-reference")]
    [InlineData(@"\bword\b", "has the word boundary \"\\b\"")]
    [InlineData(@"\p{L}", "has a Unicode property")]
    [InlineData("(?i)a", "has a group with flags")]
    [InlineData("a(^b)", "has the anchor \"^\" elsewhere than round the whole")]
    [InlineData("a$b", "has the anchor \"$\" elsewhere than round the whole")]
    [InlineData("(a|b", "has a group that is not closed")]
    [InlineData("a)", "has a \")\" too many")]
    [InlineData("[a", "has a class that is not closed")]
    [InlineData("[]", "has a class without any character")]
    [InlineData("[b-a]", "has a range that runs backwards")]
    [InlineData("+a", "has a \"+\" with nothing before it to repeat")]
    [InlineData("a{3,2}", "repeats at least 3 and at most 2 times")]
    [InlineData("(a?b?)*", "repeats what may be empty")]
    [InlineData("((a{900}){900}){900}", "has more than 5,000 characters with its repetitions written out")]
    [InlineData(@"a\", "ends in a backslash")]
    [InlineData(@"\ud83d", "has an escape that names no character")]
    public void Patterns_beyond_the_regular_are_named(string pattern, string fault) => AssertRefused(
        $"The JSON schema keyword \"pattern\" at \"#\" is \"{pattern}\", which {fault}; write another pattern.",
        $$"""{"pattern":{{JsonSerializer.Serialize(pattern)}}}""");

    [Theory]
    [InlineData("""{"$ref":"#"}""", "#")]
    [InlineData("""{"allOf":[{"$ref":"#"}]}""", "#")]
    [InlineData("""{"anyOf":[{"$ref":"#"},{"type":"null"}]}""", "#")]
    [InlineData("""{"type":"object","anyOf":[{"$ref":"#"},{"required":["a"]}]}""", "#")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"}]},"b":{"anyOf":[{"type":"null"},{"$ref":"#/$defs/a"}]}}}""", "#/$defs/a")]
    public void Schemas_that_lead_back_to_themselves_are_named(string schema, string place) => AssertRefused(
        $"The JSON schema at \"{place}\" refers to itself without an object or an array between, so that no value ever ends it; put one there.",
        schema);

    [Fact]
    public void A_key_of_many_letters_is_refused_where_others_must_differ_from_it() => AssertRefused(
        "The JSON schema needs a grammar of more than 50,000 rules or 1,000,000 symbols; make it smaller.",
        $$"""{"additionalProperties":{},"properties":{"{{new string('a', 60_000)}}":true} }""");

    [Fact]
    public void A_schema_too_deep_is_refused() => AssertRefused(
        "The JSON schema at \"#\" has more than 100,000 values or 128 levels; make it smaller.",
        string.Concat(Enumerable.Repeat("""{"items":""", 200)) + "{}" + new string('}', 200));

    [Fact]
    public void A_schema_too_wide_is_refused() => AssertRefused(
        "The JSON schema at \"#\" has more than 100,000 values or 128 levels; make it smaller.",
        $$"""{"enum":[{{string.Join(',', Enumerable.Range(0, 100_001))}}]}""");

    [Fact]
    public void Alternatives_that_multiply_are_refused() => AssertRefused(
        "The JSON schema at \"#\" has more than 5,000 combinations of alternatives, or 100,000 pairs of them to compare; make it simpler.",
        $$"""{"type":"object","allOf":[{{string.Join(',', Enumerable.Repeat("""{"anyOf":[{"required":["a"]},{"required":["b"]}]}""", 30))}}]}""");

    [Fact]
    public void Alternatives_that_branch_without_end_are_refused() => AssertRefused(
        "The JSON schema at \"#\" has more than 5,000 combinations of alternatives, or 100,000 pairs of them to compare; make it simpler.",
        Definitions(40, i => $$"""{"anyOf":[{"$ref":"#/$defs/{{i + 1}}"},{"anyOf":[{"$ref":"#/$defs/{{i + 1}}"},{"const":{{i}}}]}]}"""));

    [Fact]
    public void Alternatives_that_begin_alike_and_hold_each_other_are_refused() => AssertRefused(
        "The JSON schema at \"#\" has alternatives that begin alike and hold each other, which takes longer with every level; put first a property that tells them apart by its \"const\".",
        """
        {"anyOf":[
          {"properties":{"of":{"$ref":"#"},"op":{"const":"not"}},"required":["of","op"]},
          {"properties":{"of":{"$ref":"#"},"op":{"const":"minus"}},"required":["of","op"]},
          {"type":"null"}]}
        """);

    [Fact]
    public void Many_optional_properties_are_refused() => AssertRefused(
        "The JSON schema at \"#\" has a value that can begin in more than 3,000 ways, or after 2,000 optional ones; make it simpler.",
        $$"""{"properties":{ {{string.Join(',', Enumerable.Range(0, 3000).Select(i => $"\"{i}\":true"))}} } }""");

    [Fact]
    public void A_long_way_of_references_is_refused() => AssertRefused(
        "The JSON schema at \"#/$defs/100\" is reached through more than 100 references; make it flatter.",
        Definitions(300, i => $$"""{"type":"null","$ref":"#/$defs/{{i + 1}}"}"""));

    [Fact]
    public void A_grammar_too_large_is_refused()
    {
        var properties = Enumerable.Range(0, 60).Select(i => $$"""  "{{i}}":{"type":"string","maxLength":{{900 + i}}}  """);

        AssertRefused(
            "The JSON schema needs a grammar of more than 50,000 rules or 1,000,000 symbols; make it smaller.",
            $$"""{"properties":{ {{string.Join(',', properties)}} },"required":["0"]}""");
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_schema_is_refused()
    {
        AssertRefused("The JSON schema has a text with half a surrogate pair, which is no character; correct it.", """{"const":"\ud83d"}""");
        AssertRefused("The JSON schema has a text with half a surrogate pair, which is no character; correct it.", """{"properties":{"\ude00":{}}}""");
    }

    private static string Definitions(int count, Func<int, string> definition)
    {
        var schema = new StringBuilder("""{"$ref":"#/$defs/0","$defs":{""");
        for (var i = 0; i < count; i++)
        {
            schema.Append('"').Append(i).Append("\":").Append(definition(i)).Append(',');
        }

        return schema.Append('"').Append(count).Append("\":{\"type\":\"null\"}}}").ToString();
    }

    private static void AssertRefused(string message, string schema)
    {
        using var document = JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = 1000 });

        var refusal = Assert.Throws<ModelException>(() => JsonSchemaGrammar.Compile(document.RootElement));

        Assert.Equal((message, ModelError.Unsupported), (refusal.Message, refusal.Error));
    }
}
