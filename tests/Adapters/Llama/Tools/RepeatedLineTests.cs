using PersonalAi.Adapters.Llama.Text;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama.Tools;

public sealed class RepeatedLineTests
{
    [Theory]
    [InlineData("Do: a\nDo: b\nDo: a\nDo: c", "Do: a\nDo: b\n", true)]
    [InlineData("Do: ab\nDo: ac\nDo: a", "Do: ab\nDo: ac\nDo: a", false)]
    [InlineData("same\nsame\n", "same\nsame\n", false)]
    public void A_repeated_line_ends_the_text_and_is_left_out(string text, string expected, bool isStopped)
    {
        var repeated = new RepeatedLine("Do: ");

        var shown = string.Concat(text.Chunk(2).Select(piece => repeated.Push(new string(piece)))) + repeated.Flush();

        Assert.Equal((expected, isStopped), (shown, repeated.Stopped));
    }
}
