using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Grammar;

/// <summary>What each keyword lets through and what it keeps out, by llama.cpp's own engine.</summary>
public sealed class SchemaKeywordTests
{
    [Fact]
    public void Types_keep_out_every_other_type()
    {
        Check("""{"type":"string"}""", ["\"\"", "\"a b\""], ["a", "1", "null", "\"", "'a'"]);
        Check("""{"type":"integer"}""", ["0", "-1", "123456789012345"], ["1.0", "-0", "007", "1e3", "+1", "1234567890123456", "\"1\""]);
        Check("""{"type":"number"}""", ["0", "-1.5", "1e3", "1.5E-10", "0.123456789012345"], [".5", "1.", "--1", "NaN", "1e", "1e100"]);
        Check("""{"type":"boolean"}""", ["true", "false"], ["True", "1", "\"true\""]);
        Check("""{"type":"null"}""", ["null"], ["", "0", "\"null\""]);
        Check("""{"type":"array"}""", ["[]", "[1, \"a\"]"], ["{}", "[1,]", "[,]"]);
        Check("""{"type":"object"}""", ["{}", """{"a":1}"""], ["[]", """{"a"}""", "{a:1}"]);
        Check("""{"type":["integer","null"]}""", ["1", "null"], ["1.5", "\"1\"", "[]"]);
        Check("""{"type":"string","nullable":true}""", ["\"a\"", "null"], ["1"]);
    }

    [Fact]
    public void Strings_hold_every_character_but_raw_controls()
    {
        Check(
            """{"type":"string"}""",
            ["\"é 漢 😀 ' /\"", """ "\" \\ \/ \b \f \n \r \t" """.Trim(), """ "\u0041\u00e9\uFFFD" """.Trim(), """ "\ud83d\ude00" """.Trim()],
            ["\"a\nb\"", "\"a\tb\"", "\"\u0000\"", "\"\u007f\"", "\"\u009b\"", """ "\x41" """.Trim(), """ "\u12" """.Trim()]);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_never_written() => Check(
        """{"type":"string"}""",
        ["\"\\uD800\\uDC00\"", "\"\\udbff\\udfff\"", "\"\\ud7ff\\ue000\""],
        ["\"\\ud83d\"", "\"\\ude00\"", "\"\\ud83d\\u0041\"", "\"\\ud83dx\"", "\"\\ude00\\ud83d\""]);

    [Fact]
    public void Lengths_count_code_points()
    {
        Check("""{"type":"string","minLength":2,"maxLength":3}""", ["\"ab\"", "\"😀é漢\"", "\"\\n\\u0041\"", "\"\\ud83d\\ude00a\""], ["\"\"", "\"a\"", "\"😀\"", "\"\\u0041\"", "\"\\ud83d\\ude00\"", "\"abcd\""]);
        Check("""{"minLength":1}""", ["\"a\"", "\"abcdefghijklmnop\""], ["\"\"", "1"]);
        Check("""{"type":"string","maxLength":0}""", ["\"\""], ["\"a\""]);
    }

    [Fact]
    public void Enum_and_const_are_written_exactly()
    {
        Check("""{"enum":["a","a\"b\\c\n",1,-2.50,null,true]}""", ["\"a\"", "\"a\\\"b\\\\c\\n\"", "1", "-2.50", "null", "true"], ["\"b\"", "2", "false", "\"\""]);
        Check("""{"const":{"a":[1,"x"],"b":{}}}""", ["""{"a":[1,"x"],"b":{}}""", """{"a": [1, "x"], "b": {}}"""], ["""{"a":[1],"b":{}}""", """{"b":{},"a":[1,"x"]}"""]);
        Check("""{"const":"é😀"}""", ["\"é😀\""], ["\"\\u00e9😀\""]);
        Check("""{"type":"string","enum":["a",1,null,"bcd"],"maxLength":2}""", ["\"a\""], ["1", "null", "\"bcd\""]);
        Check("""{"type":"integer","enum":[1,2.5,3,40],"maximum":10}""", ["1", "3"], ["2.5", "40"]);
    }

    [Fact]
    public void Optional_properties_come_in_any_subset_in_their_order()
    {
        var schema = """{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"},"c":{"type":"integer"}}}""";

        Check(
            schema,
            ["{}", """{"a":1}""", """{"b":1}""", """{"c":1}""", """{"a":1,"b":2}""", """{"a":1, "c": 2}""", """{"b":1,"c":2}""", """{"a":1,"b":2,"c":3}"""],
            ["""{"b":1,"a":2}""", """{"a":1,"a":2}""", """{"d":1}""", """{"a":1,}""", """{,"a":1}""", """{"a":"1"}""", """{"a":1"b":2}"""]);
    }

    [Fact]
    public void Required_properties_cannot_be_left_out()
    {
        var properties = "\"properties\":{\"a\":{\"type\":\"null\"},\"b\":{\"type\":\"null\"},\"c\":{\"type\":\"null\"}}";

        Check($$"""{{{properties}},"required":["b"]}""", ["""{"b":null}""", """{"a":null,"b":null}""", """{"b":null,"c":null}""", """{"a":null,"b":null,"c":null}"""], ["{}", """{"a":null}""", """{"a":null,"c":null}"""]);
        Check($$"""{{{properties}},"required":["a","c"]}""", ["""{"a":null,"c":null}""", """{"a":null,"b":null,"c":null}"""], ["""{"a":null}""", """{"c":null}""", """{"b":null,"c":null}"""]);
        Check("""{"type":"object","required":["x"]}""", ["""{"x":1}""", """{"x":[{}]}"""], ["{}", """{"y":1}"""]);
    }

    [Fact]
    public void Additional_properties_come_last_and_never_repeat_a_declared_key()
    {
        Check("""{"properties":{"ab":{"type":"null"}},"additionalProperties":{"type":"integer"}}""", ["{}", """{"ab":null}""", """{"a":1}""", """{"abc":1}""", """{"":1}""", """{"é":1}""", """{"ab":null,"b":2,"ba":3}"""], ["""{"ab":1}""", """{"a":null}""", """{"a":1,"ab":null}""", "{\"\\u0061b\":1}"]);
        Check("""{"properties":{"a":{"type":"null"},"ab":{"type":"null"}},"required":["ab"],"additionalProperties":true}""", ["""{"ab":null}""", """{"a":null,"ab":null,"x":[1]}""", """{"ab":null,"abc":1}"""], ["""{"x":1}""", """{"ab":null,"a":null}"""]);
        Check("""{"type":"object","additionalProperties":{"type":"boolean"}}""", ["{}", """{"a":true}""", "{\"\\u0061\": true, \"b\":false}"], ["""{"a":1}"""]);
        Check("""{"type":"object","additionalProperties":false}""", ["{}"], ["""{"a":1}"""]);
        Check("""{"type":"object","unevaluatedProperties":false}""", ["{}"], ["""{"a":1}"""]);
        Check("""{"properties":{"a":{"type":"null"}}}""", ["{}", """{"a":null}"""], ["""{"b":1}"""]);
    }

    [Fact]
    public void Counts_of_properties_hold()
    {
        Check("""{"type":"object","additionalProperties":{"type":"null"},"minProperties":1,"maxProperties":2}""", ["""{"a":null}""", """{"a":null,"b":null}"""], ["{}", """{"a":null,"b":null,"c":null}"""]);
        Check("""{"properties":{"a":{"type":"null"},"b":{"type":"null"}},"minProperties":1}""", ["""{"a":null}""", """{"b":null}""", """{"a":null,"b":null}"""], ["{}"]);
        Check("""{"properties":{"a":{"type":"null"},"b":{"type":"null"}},"minProperties":2}""", ["""{"a":null,"b":null}"""], ["{}", """{"a":null}"""]);
        Check("""{"properties":{"a":{"type":"null"}},"additionalProperties":{"type":"null"},"maxProperties":2}""", ["{}", """{"a":null,"b":null}"""], ["""{"a":null,"b":null,"c":null}"""]);
        Check("""{"type":"object","maxProperties":0}""", ["{}"], ["""{"a":1}"""]);
        Check("""{"type":"object","propertyNames":{"pattern":"^[a-z]+$"},"additionalProperties":{"type":"null"}}""", ["{}", """{"ab":null}"""], ["""{"A":null}""", """{"":null}"""]);
        Check("""{"type":"object","propertyNames":true,"additionalProperties":{"type":"null"}}""", ["{}", """{"ab":null}"""], ["{1:null}"]);
        Check("""{"propertyNames":{"enum":["a","b"]},"additionalProperties":{"type":"null"}}""", ["{}", """{"a":null,"b":null}"""], ["""{"c":null}"""]);
    }

    [Fact]
    public void Arrays_hold_their_items_within_bounds()
    {
        Check("""{"items":{"type":"integer"}}""", ["[]", "[1]", "[1,2, 3]"], ["[\"a\"]", "[1,]", "[1 ,2]"]);
        Check("""{"items":{"type":"null"},"minItems":2,"maxItems":3}""", ["[null,null]", "[null,null,null]"], ["[]", "[null]", "[null,null,null,null]"]);
        Check("""{"items":{"type":"null"},"minItems":1,"maxItems":1}""", ["[null]"], ["[]", "[null,null]"]);
        Check("""{"type":"array","maxItems":0}""", ["[]"], ["[1]"]);
        Check("""{"items":{"type":"array","items":{"type":"null"},"maxItems":1}}""", ["[]", "[[],[null]]"], ["[null]", "[[null,null]]"]);
        Check("""{"items":{"type":"null"},"maxItems":1,"uniqueItems":true}""", ["[]", "[null]"], ["[null,null]"]);
        Check("""{"items":false}""", ["[]"], ["[1]"]);
    }

    [Fact]
    public void Tuples_give_each_place_its_schema()
    {
        Check("""{"prefixItems":[{"type":"string"},{"type":"integer"}]}""", ["[]", "[\"a\"]", "[\"a\",1]"], ["[1]", "[\"a\",\"b\"]", "[\"a\",1,2]"]);
        Check("""{"prefixItems":[{"type":"string"},{"type":"integer"}],"minItems":2,"items":{"type":"null"},"maxItems":4}""", ["[\"a\",1]", "[\"a\",1,null,null]"], ["[\"a\"]", "[\"a\",1,2]", "[\"a\",1,null,null,null]"]);
        Check("""{"items":[{"type":"string"}],"additionalItems":{"type":"null"}}""", ["[]", "[\"a\",null]"], ["[null]", "[\"a\",1]"]);
        Check("""{"prefixItems":[{"type":"null"},{"type":"null"}],"minItems":1,"maxItems":1}""", ["[null]"], ["[]", "[null,null]"]);
        Check("""{"prefixItems":[{"type":"null"}],"items":true,"minItems":3}""", ["[null,1,{}]", "[null,1,2,3]"], ["[null,1]", "[1,1,1]"]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 9)]
    [InlineData(3, 17)]
    [InlineData(-12, 12)]
    [InlineData(-105, -97)]
    [InlineData(-100, -1)]
    [InlineData(99, 101)]
    [InlineData(17, 1312)]
    public void Integer_ranges_are_exact(int min, int max)
    {
        var grammar = JsonSchemaGrammarTests.Compile($$"""{"type":"integer","minimum":{{min}},"maximum":{{max}}}""");

        for (var value = -1400; value <= 1400; value++)
        {
            Assert.Equal(value >= min && value <= max, GrammarOracle.Accepts(grammar, $"{value}"));
        }
    }

    [Fact]
    public void Integer_bounds_reach_to_64_bits()
    {
        Check("""{"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807}""", ["9223372036854775807", "-9223372036854775808", "9199999999999999999", "0"], ["9223372036854775808", "-9223372036854775809", "00", "-0"]);
        Check("""{"type":"integer","format":"int32"}""", ["2147483647", "-2147483648"], ["2147483648", "-2147483649"]);
        Check("""{"type":"integer","minimum":1e30,"maximum":2e30}""".Replace("1e30", "-1e30", StringComparison.Ordinal), ["-9223372036854775808", "9223372036854775807"], ["9223372036854775808"]);
        Check("""{"type":"integer","exclusiveMinimum":0}""", ["1", "999999999999999"], ["0", "-1", "1000000000000000"]);
        Check("""{"type":"integer","minimum":1,"exclusiveMinimum":true,"maximum":5,"exclusiveMaximum":true}""", ["2", "4"], ["1", "5"]);
        Check("""{"type":"integer","minimum":1.5,"exclusiveMaximum":4.5,"multipleOf":1}""", ["2", "4"], ["1", "5"]);
        Check("""{"type":"integer","minimum":1000000000000000}""", ["1000000000000000", "9223372036854775807"], ["999999999999999", "9223372036854775808"]);
    }

    [Fact]
    public void Numbers_between_whole_bounds_have_any_fraction()
    {
        Check("""{"type":"number","minimum":0,"maximum":1}""", ["0", "0.5", "0.0", "1", "0.999999999999999"], ["1.5", "1.1", "-0.1", "2", "1e0"]);
        Check("""{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":2}""", ["0.1", "0.001", "1", "1.99"], ["0", "0.0", "2", "2.0", "-1"]);
        Check("""{"type":"number","minimum":-1,"maximum":10}""", ["-1", "-0.5", "0", "9.99", "10"], ["-1.5", "10.5", "11", "-2"]);
        Check("""{"type":"number","minimum":-5,"exclusiveMaximum":0}""", ["-5", "-0.1", "-4.9"], ["0", "-5.1", "0.0", "-0", "-0.0"]);
        Check("""{"type":"number","minimum":0}""", ["0", "999999999999999.5"], ["-1", "1000000000000000", "1e5"]);
        Check("""{"type":"number","multipleOf":0.01,"minimum":0}""", ["1", "1.5", "1.55"], ["1.555", "-1"]);
        Check("""{"type":"number","multipleOf":1}""", ["1", "-5"], ["1.5"]);
    }

    [Fact]
    public void Alternatives_share_what_stands_beside_them()
    {
        Check("""{"anyOf":[{"type":"string"},{"type":"integer"},{"type":"null"}]}""", ["\"a\"", "1", "null"], ["1.5", "true"]);
        Check("""{"type":"string","anyOf":[{"maxLength":1},{"minLength":3}]}""", ["\"\"", "\"a\"", "\"abc\""], ["\"ab\"", "1"]);
        Check("""{"properties":{"a":{"type":"null"},"b":{"type":"null"}},"anyOf":[{"required":["a"]},{"required":["b"]}]}""", ["""{"a":null}""", """{"b":null}""", """{"a":null,"b":null}"""], ["{}"]);
        Check("""{"type":"integer","anyOf":[{"type":"string"},{"minimum":5}]}""", ["5"], ["4", "\"a\""]);
        Check("""{"anyOf":[{"anyOf":[{"const":1},{"const":2}]},{"const":3}],"type":"integer"}""", ["1", "2", "3"], ["4"]);
    }

    [Fact]
    public void OneOf_takes_alternatives_that_are_evidently_disjoint()
    {
        Check("""{"oneOf":[{"type":"string"},{"type":"null"}]}""", ["\"a\"", "null"], ["1"]);
        Check("""{"oneOf":[{"properties":{"k":{"const":"a"},"x":{"type":"integer"}},"required":["k","x"]},{"properties":{"k":{"const":"b"}},"required":["k"]}]}""", ["""{"k":"a","x":1}""", """{"k":"b"}"""], ["""{"k":"a"}""", """{"k":"b","x":1}"""]);
        Check("""{"oneOf":[{"type":"object","properties":{"a":{"type":"null"}},"required":["a"]},{"type":"object","properties":{"b":{"type":"null"}},"required":["b"]}]}""", ["""{"a":null}""", """{"b":null}"""], ["""{"a":null,"b":null}"""]);
        Check("""{"oneOf":[{"const":1},{"enum":[2,3]}]}""", ["1", "3"], ["4"]);
    }

    [Fact]
    public void AllOf_and_references_add_up()
    {
        Check("""{"allOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"properties":{"a":{"minimum":5},"b":{"type":"null"}}}]}""", ["""{"a":5}""", """{"a":9,"b":null}"""], ["""{"a":4}""", """{"b":null}"""]);
        Check("""{"$ref":"#/$defs/a~1b%20c","maxLength":2,"$defs":{"a/b c":{"type":"string","minLength":1}}}""", ["\"a\"", "\"ab\""], ["\"\"", "\"abc\""]);
        Check("""{"definitions":{"n":{"type":"null"}},"items":{"$ref":"#/definitions/n"}}""", ["[null]"], ["[1]"]);
        Check("""{"properties":{"a":{"type":"null"},"b":{"$ref":"#/properties/a"}}}""", ["""{"a":null,"b":null}"""], ["""{"b":1}"""]);
        Check("""{"allOf":[{"enum":[1,2,3]},{"enum":[2,3.0,4]},{"minimum":3}]}""", ["3"], ["2", "4"]);
        Check("""{"prefixItems":[{"type":"null"},{"$ref":"#/prefixItems/0"}],"minItems":2}""", ["[null,null]"], ["[null,1]"]);
    }

    [Fact]
    public void Recursion_goes_as_deep_as_the_text()
    {
        Check("""{"properties":{"children":{"type":"array","items":{"$ref":"#"}}},"required":["children"]}""", ["""{"children":[]}""", """{"children":[{"children":[]},{"children":[{"children":[]}]}]}"""], ["{}", """{"children":[{}]}"""]);
        Check("""{"anyOf":[{"type":"integer"},{"type":"array","items":{"$ref":"#"}}]}""", ["1", "[]", "[1,[2,[3]]]"], ["[\"a\"]", "[[1]"]);
    }

    [Fact]
    public void Alternatives_may_hold_each_other_once_they_are_told_apart()
    {
        Check(
            """{"anyOf":[{"properties":{"op":{"const":"not"},"of":{"$ref":"#"}},"required":["op","of"]},{"properties":{"op":{"const":"minus"},"of":{"$ref":"#"}},"required":["op","of"]},{"type":"null"}]}""",
            ["""{"op":"not","of":{"op":"minus","of":null}}"""],
            ["""{"op":"not"}""", """{"of":null,"op":"not"}"""]);
        Check(
            """{"anyOf":[{"properties":{"name":{"type":"string"},"children":{"items":{"$ref":"#"}}},"required":["name"]},{"properties":{"name":{"type":"string"},"value":{"$ref":"#"}},"required":["name"]}]}""",
            ["""{"name":"a"}""", """{"name":"a","children":[{"name":"b","value":{"name":"c"}}]}"""],
            ["""{"name":"a","children":[],"value":{"name":"b"}}"""]);
        Check(
            """{"anyOf":[{"type":"array","items":{"$ref":"#"}},{"type":"object","additionalProperties":{"$ref":"#"}},{"type":"integer"}]}""",
            ["""[{"a":[1]},[],{}]"""],
            ["null"]);
    }

    [Fact]
    public void What_says_nothing_is_skipped() => Check(
        """{"$schema":"x","$id":"y","title":"t","description":"d","default":1,"examples":[2],"deprecated":true,"x-order":3,"$comment":"c","readOnly":true,"type":"null"}""",
        ["null"],
        ["1"]);

    [Fact]
    public void True_and_false_are_schemas()
    {
        Check("true", ["1", "{}", "null"], ["", "a"]);
        Check("""{"properties":{"a":true,"b":false}}""", ["{}", """{"a":[1]}"""], ["""{"b":1}"""]);
        Check("""{"anyOf":[false,{"type":"null"}]}""", ["null"], ["1"]);
    }

    private static void Check(string schema, string[] accepted, string[] refused)
    {
        var grammar = JsonSchemaGrammarTests.Compile(schema);

        Assert.Equal(accepted, accepted.Concat(refused).Where(text => GrammarOracle.Accepts(grammar, text)));
    }
}
