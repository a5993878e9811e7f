using PersonalAi.Adapters.Llama.Text;
using Xunit;

namespace PersonalAi.Tests.Adapters.Llama;

public sealed class WhiteSpaceTrimTests
{
    [Fact]
    public void White_space_inside_an_answer_stays_and_outside_goes()
    {
        var trim = new WhiteSpaceTrim();

        string[] shown = [.. new[] { " ", "\n Hello", " ", "\n\n", "world", ".\n", " " }.Select(trim.Next)];

        Assert.Equal(["", "Hello", "", "", " \n\nworld", ".", ""], shown);
    }
}
