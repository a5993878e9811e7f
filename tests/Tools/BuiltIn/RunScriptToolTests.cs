using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class RunScriptToolTests
{
    private static readonly Tool Tool = RunScriptTool.Create(TimeProvider.System);

    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("print('a', 1, nil, true) return 2.5, 'x'", "a\t1\tnil\ttrue\n2.5\tx")]
    [InlineData("return {1, 'two', {3}, key = false}", "{1, \"two\", {3}, key = false}")]
    [InlineData("local x = 1", "The script ended, but printed and returned nothing: use print or return to see a result.")]
    public async Task What_is_printed_and_what_is_returned_is_the_result(string code, string expected)
    {
        var text = await Tool.CallAsync(new { code }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("x = ", "The script failed: script:1: unexpected symbol near <eof>. Correct it and run it again.")]
    [InlineData("local t\nreturn t.x", "The script failed: script:2: attempt to index a nil value (local 't'). Correct it and run it again.")]
    [InlineData("error('no luck')", "The script failed: script:1: no luck. Correct it and run it again.")]
    [InlineData("error({})", "The script failed: the error is not a text. Correct it and run it again.")]
    public async Task A_script_that_fails_says_where(string code, string expected)
    {
        var message = await Tool.RefuseAsync(new { code }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, message);
    }
}
