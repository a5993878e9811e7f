using PersonalAi.Tests.Fakes;
using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class CalculateToolTests
{
    private static readonly Tool Tool = CalculateTool.Create();

    [Theory]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("1/3*3", "1")]
    [InlineData("2 + 3 * 4", "14")]
    [InlineData("(2 + 3) * 4", "20")]
    [InlineData("-2^2", "-4")]
    [InlineData("2^3^2", "512")]
    [InlineData("2^-2", "0.25")]
    [InlineData("2**10", "1024")]
    [InlineData("10 - 4 - 3", "3")]
    [InlineData("7 / 2 / 2", "1.75")]
    [InlineData("10 % 3", "1")]
    [InlineData("-7 mod 3", "2")]
    [InlineData("15% of 80", "12")]
    [InlineData("200 + 10%", "220")]
    [InlineData("200 - 12.5%", "175")]
    [InlineData("50%", "0.5")]
    [InlineData("50% * 30", "15")]
    [InlineData("2(3 + 4)", "14")]
    [InlineData("1,234,567 + 1", "1234568")]
    [InlineData("(1,000 + 1) × 2 ÷ 4 − 0.5", "500")]
    [InlineData("max(1,234)", "234")]
    [InlineData("5!", "120")]
    [InlineData("30!", "265252859812191058636308480000000")]
    [InlineData("2^100", "1267650600228229401496703205376")]
    [InlineData("1e3 + 2.5E-1", "1000.25")]
    [InlineData(".5 + .25", "0.75")]
    [InlineData("sqrt(16) + sqrt(0.25)", "4.5")]
    [InlineData("abs(-3) + floor(2.7) + ceil(2.1) + round(2.5)", "11")]
    [InlineData("round(2.34567, 2)", "2.35")]
    [InlineData("min(3, 1, 2) + sum(1, 2, 3) + avg(1, 2)", "8.5")]
    [InlineData("gcd(12, 18) + lcm(4, 6)", "18")]
    [InlineData("1000000 * 1000000", "1000000000000")]
    public async Task What_is_exact_is_given_exactly(string expression, string expected)
    {
        var text = await Tool.CallAsync(new { expression }, TestContext.Current.CancellationToken);

        Assert.Equal($"{expression} = {expected}", text);
    }

    [Theory]
    [InlineData("1/3", "0.333333333333333")]
    [InlineData("2/3", "0.666666666666667")]
    [InlineData("sqrt(2)", "1.4142135623731")]
    [InlineData("2 pi", "6.28318530717959")]
    [InlineData("sin(30°)", "0.5")]
    [InlineData("log(1000) + ln(e) + log2(8) + log(81, 3)", "11")]
    [InlineData("exp(1) - e", "0")]
    [InlineData("2^0.5 * 2^0.5", "2")]
    [InlineData("100!", "9.33262154439442e157")]
    [InlineData("1/7e30", "1.42857142857143e-31")]
    [InlineData("-20/3", "-6.66666666666667")]
    [InlineData("1e20/3", "33333333333333300000")]
    public async Task What_has_no_end_is_rounded_and_says_so(string expression, string expected)
    {
        var text = await Tool.CallAsync(new { expression }, TestContext.Current.CancellationToken);

        Assert.Equal($"{expression} = {expected} (rounded)", text);
    }

    [Theory]
    [InlineData("1/0", "This divides by zero: there is no result; change the expression.")]
    [InlineData("0^-1", "This divides by zero: there is no result; change the expression.")]
    [InlineData("5 mod 0", "This divides by zero: there is no result; change the expression.")]
    [InlineData("9^9^9", "The power is too large to be calculated: use smaller numbers.")]
    [InlineData("1e9999", "'1e9999' is too large or too small to be calculated: use an exponent of at most three digits.")]
    [InlineData("exp(1000)", "The result is not a real number or is too large: check the expression, such as the logarithm of a negative number.")]
    [InlineData("ln(-1)", "The result is not a real number or is too large: check the expression, such as the logarithm of a negative number.")]
    [InlineData("sqrt(-4)", "The square root of -4 is not a real number: check the sign.")]
    [InlineData("1000!", "The factorial of 1000 cannot be calculated: use a whole number from 0 to 400.")]
    [InlineData("gcd(1.5, 2)", "1.5 is not a whole number, and one is needed there.")]
    [InlineData("2 +", "The expression ends too early: something is missing after its last sign, or a bracket is not closed.")]
    [InlineData("(2 + 3", "The expression ends too early: something is missing after its last sign, or a bracket is not closed.")]
    [InlineData("2 $ 3", "'$' at character 3 of the expression was not expected: write numbers, + - * / ^ %, brackets and functions like sqrt(2).")]
    [InlineData("1.2.3", "'.' at character 4 of the expression was not expected: write numbers, + - * / ^ %, brackets and functions like sqrt(2).")]
    [InlineData("sqrt 4", "'sqrt' needs its argument in brackets, like sqrt(2).")]
    [InlineData("sqrt(4, 2)", "'sqrt' does not take 2 arguments: give it one.")]
    [InlineData("pow(4)", "'pow' does not take 1 arguments: give it two.")]
    public async Task What_has_no_value_is_refused_with_what_to_do(string expression, string expected)
    {
        var message = await Tool.RefuseAsync(new { expression }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, message);
    }

    [Theory]
    [InlineData("System.IO.File.Delete(1)", "'system' is not known: use numbers, + - * / ^ %, pi, e, and abs, acos,")]
    [InlineData("x + 1", "'x' is not known: use numbers")]
    public async Task Nothing_but_arithmetic_is_known(string expression, string start)
    {
        var message = await Tool.RefuseAsync(new { expression }, TestContext.Current.CancellationToken);

        Assert.StartsWith(start, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nesting_and_length_have_an_end()
    {
        var deep = await Tool.RefuseAsync(new { expression = new string('(', 900) }, TestContext.Current.CancellationToken);
        var chain = await Tool.RefuseAsync(new { expression = new string('-', 900) + "1" }, TestContext.Current.CancellationToken);
        var long_ = await Tool.RefuseAsync(new { expression = new string('1', 1_001) }, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "The expression is nested too deeply: calculate it in parts.",
                "The expression is nested too deeply: calculate it in parts.",
                "The expression has 1001 characters: write at most 1000, and calculate in parts.",
            ],
            [deep, chain, long_]);
    }
}
