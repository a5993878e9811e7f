using PersonalAi.Assistant.Terminal;
using Xunit;

namespace PersonalAi.Tests.Assistant.Terminal;

public sealed class SideBySideTests
{
    [Fact]
    public void Two_texts_stand_in_two_columns()
    {
        var text = SideBySide.Of("here", "One line that is so long that it has to be broken somewhere.\n\nEnd.", "elsewhere", "Short\u001b[31m.");

        Assert.Equal(
            """
            here                                             | elsewhere
            ------------------------------------------------ | ------------------------------------------------
            One line that is so long that it has to be       | Short.
            broken somewhere.                                |
                                                             |
            End.                                             |
            """.ReplaceLineEndings("\n"),
            text);
    }
}
