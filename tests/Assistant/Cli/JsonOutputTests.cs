using System.Text.Json;
using PersonalAi.Assistant.Cli;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli;

public sealed class JsonOutputTests
{
    private const string Hostile = "a\u202eb\u2066c\u2069\u001b]52;c;x\u0007\u007f\u009b2J \u00fc <b>";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_acts_on_a_terminal_is_an_escape_and_the_value_is_the_same(bool isLine)
    {
        using var output = new StringWriter();

        (isLine ? (Action<object>)output.WriteJsonLine : output.WriteJson)(new { text = Hostile });

        Assert.DoesNotContain(output.ToString(), c => (char.IsControl(c) && c is not ('\r' or '\n')) || c is '\u202e' or '\u2066' or '\u2069');
        Assert.Contains("ü <b>", output.ToString(), StringComparison.Ordinal);
        using var read = JsonDocument.Parse(output.ToString());
        Assert.Equal(Hostile, read.RootElement.GetProperty("text").GetString());
    }
}
