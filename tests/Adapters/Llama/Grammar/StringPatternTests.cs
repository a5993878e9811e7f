using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Grammar;

/// <summary>What patterns and formats let through, by llama.cpp's own engine; texts stand without their quotes.</summary>
public sealed class StringPatternTests
{
    [Theory]
    [InlineData("^abc$", "abc", "|ab|abcd|ABC")]
    [InlineData("^[a-z]+$", "a|zzz", "|A|a1")]
    [InlineData("^[^a-z]$", "A|1| |é", "a||AB|😀")]
    [InlineData(@"^\d{3}-\d{4}$", "555-1234", "555-123|5551234|a55-1234")]
    [InlineData("^(red|green|blue)$", "red|blue", "re|redgreen")]
    [InlineData("^(?:a|b)*c?$", "|abba|c|abc", "cc|ca")]
    [InlineData("^a{2,3}$", "aa|aaa", "a|aaaa")]
    [InlineData("^a{2,}$", "aa|aaaaaaa", "a|")]
    [InlineData(@"^\w+\.\w+$", "a.b|a_1.Z", "a|.b|a b.c")]
    [InlineData("^.$", "a|é|.", "|ab")]
    [InlineData("b", "b|abc|xxbxx", "|a|xx")]
    [InlineData("^a", "a|abc", "ba|")]
    [InlineData("a$", "a|cba", "ab|")]
    [InlineData("^a$|^b$", "a|b", "ab|")]
    [InlineData("(^a$|^b$)", "a|b", "ab|")]
    [InlineData(@"^[\w.+-]+$", "a.b+c-d", "a b|")]
    [InlineData(@"^[\]\\^-]$", @"]|\\|^|-", "a|")]
    [InlineData(@"^\u0041\x42$", "AB", "A|ab")]
    [InlineData(@"^\n\t$", @"\n\t", @"nt|\n")]
    [InlineData("^\"$", "\\\"", "a")]
    [InlineData("^(?<year>[0-9]{4})$", "2024", "24")]
    [InlineData("^(a*)*$", "|aaa", "b")]
    [InlineData("^[a-z]+?$", "abc", "ABC")]
    [InlineData("^😀{2}$", "😀😀", "😀")]
    [InlineData(@"^[\s\S]$", @"a|\n|\u0001|\u007f|\\|é", @"|ab|\u0061")]
    [InlineData("^a{b$", "a{b", "ab")]
    [InlineData(@"^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$", "0|-1.5|12e3", "01|.5|1.")]
    public void Patterns_match_as_in_ECMAScript(string pattern, string accepted, string refused) =>
        Check($$"""{"type":"string","pattern":{{System.Text.Json.JsonSerializer.Serialize(pattern)}}}""", accepted, refused);

    [Theory]
    [InlineData("^[a-z][a-z0-9_]*$", 2, 4, "ab|a_1z", "a|abcde|1a")]
    [InlineData("^[a-z]+$", 0, 2, "a|ab", "|abc")]
    [InlineData("^[0-9]{3}$", 1, 9, "123", "12|1234")]
    [InlineData("^id-[0-9]+$", 6, 100, "id-123|id-1234567", "id-12")]
    public void Lengths_beside_a_pattern_hold(string pattern, int min, int max, string accepted, string refused) =>
        Check($$"""{"pattern":"{{pattern}}","minLength":{{min}},"maxLength":{{max}}}""", accepted, refused);

    [Theory]
    [InlineData("date", "2024-02-29|2000-02-29|1999-12-31|0001-01-01|2024-04-30", "2023-02-29|1900-02-29|2024-13-01|2024-00-10|2024-04-31|2024-01-32|24-01-01|0000-01-01|2024-1-1")]
    [InlineData("time", "00:00:00Z|23:59:59.1234567+01:30|12:00:00-13:00", "24:00:00Z|12:60:00Z|12:00:60Z|12:00Z|12:00:00|12:00:00+14:60")]
    [InlineData("date-time", "2024-02-29T12:00:00Z|2024-12-31T23:59:59.5+02:00", "2024-02-30T12:00:00Z|2024-02-29 12:00:00Z|2024-02-29T12:00:00|2024-02-29")]
    [InlineData("duration", "P3D|PT1H30M|P1DT2H|P2W|PT5S", "P|PT|3D|P1H|PT1D")]
    [InlineData("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567e89b12d3a456426614174000|123e4567-e89b-12d3-a456-42661417400g|123e4567-e89b-12d3-a456-4266141740000")]
    [InlineData("email", "a@b.co|first.last+tag@mail.example.org", "a@b|@b.co|a b@c.de|a..b@c.de|a@-b.co|a@b..co|.a@b.co")]
    [InlineData("hostname", "example.org|a.b-c.de", "example|-a.org|a-.org|a..org")]
    [InlineData("ipv4", "0.0.0.0|255.255.255.255|192.168.1.10", "256.1.1.1|1.1.1|01.1.1.1|1.1.1.1.1")]
    [InlineData("ipv6", "::|::1|1::|2001:db8::ff00:42:8329|1:2:3:4:5:6:7:8|fe80::1", "1:2:3:4:5:6:7|:::|1::2::3|1:2:3:4:5:6:7:8:9|12345::|g::")]
    [InlineData("uri", "https://example.org|http://a.example.org:8080/x/y.html?q=1&r=%20#top", "example.org|https://|https://exa mple.org|https://example.org/a b|http://example.org/%2")]
    [InlineData("byte", "|QUJD|QUI=|QQ==", "Q|QU|QUJ|QQ=|====")]
    public void Formats_are_valid_by_construction(string format, string accepted, string refused) =>
        Check($$"""{"type":"string","format":"{{format}}"}""", accepted, refused);

    [Theory]
    [InlineData("uuid", 1, 36)]
    [InlineData("email", 3, 254)]
    [InlineData("date", 10, 10)]
    public void Lengths_that_a_format_implies_are_taken(string format, int min, int max) =>
        Assert.StartsWith("root ::= " + format, JsonSchemaGrammarTests.Compile($$"""{"format":"{{format}}","minLength":{{min}},"maxLength":{{max}}}"""), StringComparison.Ordinal);

    private static void Check(string schema, string accepted, string refused)
    {
        var grammar = JsonSchemaGrammarTests.Compile(schema);
        string[] good = accepted.Split('|'), bad = refused.Split('|');

        Assert.Equal(good, good.Concat(bad).Where(text => GrammarOracle.Accepts(grammar, $"\"{text}\"")));
    }
}
