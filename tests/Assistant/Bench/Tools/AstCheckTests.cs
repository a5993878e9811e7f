using System.Collections.Immutable;
using System.Text.Json;
using PersonalAi.Assistant.Bench.Tools;
using Xunit;

namespace PersonalAi.Tests.Assistant.Bench.Tools;

public sealed class AstCheckTests
{
    [Theory]
    [InlineData("integer", "[5]", "5", true)]
    [InlineData("integer", "[5]", "5.0", false)]
    [InlineData("integer", "[5]", "6", false)]
    [InlineData("float", "[5.0]", "5", true)]
    [InlineData("float", "[5]", "5.0", true)]
    [InlineData("boolean", "[true]", "true", true)]
    [InlineData("boolean", "[true]", "\"true\"", false)]
    [InlineData("string", "[\"New York, NY\", \"NYC\"]", "\"new york ny\"", true)]
    [InlineData("string", "[\"it's\"]", "\"IT\\\"S\"", true)]
    [InlineData("string", "[\"New York\"]", "\"Boston\"", false)]
    [InlineData("string", "[\"5\"]", "5", false)]
    [InlineData("any", "[\"x\"]", "\"X\"", true)]
    public void Values_are_compared_as_the_authors_do(string type, string right, string value, bool isRight) =>
        Assert.Equal(isRight, IsRight($$"""{"type":"{{type}}"}""", right, value));

    [Theory]
    [InlineData("string", "[[\"a b\", \"c\"]]", "[\"A-B\", \"c\"]", true)]
    [InlineData("string", "[[\"a\", \"b\"]]", "[\"b\", \"a\"]", false)]
    [InlineData("integer", "[[1, 2], [2, 1]]", "[2, 1]", true)]
    [InlineData("integer", "[[1, 2]]", "[1, \"2\"]", false)]
    [InlineData("dict", "[[{\"k\": [\"v\"]}]]", "[{\"k\": \"V\"}]", true)]
    [InlineData("dict", "[[{\"k\": [\"v\"]}]]", "[]", false)]
    public void Lists_are_compared_in_order(string items, string right, string value, bool isRight) =>
        Assert.Equal(isRight, IsRight($$$"""{"type":"array","items":{"type":"{{{items}}}"}}""", right, value));

    [Theory]
    [InlineData("{\"a\": 1}", true)]
    [InlineData("{\"a\": 2, \"b\": \"X\"}", true)]
    [InlineData("{\"b\": \"x\"}", false)]
    [InlineData("{\"a\": 1, \"c\": 1}", false)]
    public void Dictionaries_may_leave_out_what_the_answer_marks(string value, bool isRight) =>
        Assert.Equal(isRight, IsRight("""{"type":"dict"}""", """[{"a": [1, 2], "b": ["x", ""]}]""", value));

    [Theory]
    [InlineData("""{"a": 1}""", true)]
    [InlineData("""{"a": 1, "b": 2}""", true)]
    [InlineData("""{"a": 1, "b": 3}""", false)]
    [InlineData("""{"a": 1, "d": 2}""", false)]
    [InlineData("""{"b": 2}""", false)]
    public void Optional_parameters_may_be_left_out_where_the_answer_says_so(string arguments, bool isRight)
    {
        var question = Question("""{"a": [1], "b": [2, ""]}""");

        Assert.Equal(isRight, AstCheck.Matches(question, [Call(arguments)]));
    }

    [Fact]
    public void Parallel_calls_may_come_in_any_order_but_not_in_another_number()
    {
        var question = Question("""{"a": [1]}""", """{"a": [2]}""");

        Assert.True(AstCheck.Matches(question, [Call("""{"a": 2}"""), Call("""{"a": 1}""")]));
        Assert.False(AstCheck.Matches(question, [Call("""{"a": 1}""")]));
        Assert.False(AstCheck.Matches(question, [Call("""{"a": 1}"""), Call("""{"a": 1}""")]));
        Assert.False(AstCheck.Matches(question, [Call("""{"a": 2}"""), Call("""{"a": 1}""") with { Name = "g" }]));
    }

    [Fact]
    public void Where_nothing_fits_nothing_must_be_called()
    {
        Assert.True(AstCheck.Matches(Question(), []));
        Assert.False(AstCheck.Matches(Question(), [Call("""{"a": 1}""")]));
    }

    private static bool IsRight(string parameter, string right, string value)
    {
        var function = new BfclFunction("f", "", JsonElement.Parse($$"""{"type":"dict","properties":{"p":{{parameter}}},"required":["p"]}"""));
        var expected = new ExpectedCall("f", ImmutableDictionary<string, JsonElement>.Empty.Add("p", JsonElement.Parse(right)));
        return AstCheck.Matches(new ToolQuestion("1", "simple_python", [], [function], [expected]), [Call($$"""{"p": {{value}}}""")]);
    }

    private static ToolQuestion Question(params string[] expected)
    {
        var function = new BfclFunction("f", "", JsonElement.Parse("""{"type":"dict","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["a"]}"""));
        return new ToolQuestion("1", "parallel", [], [function], [.. expected.Select(call => new ExpectedCall("f", Members(call)))]);
    }

    private static MadeCall Call(string arguments) => new("f", Members(arguments));

    private static ImmutableDictionary<string, JsonElement> Members(string json) =>
        JsonElement.Parse(json).EnumerateObject().ToImmutableDictionary(member => member.Name, member => member.Value);
}
