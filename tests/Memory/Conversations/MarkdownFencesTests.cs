using PersonalAi.Memory.Conversations;
using Xunit;

namespace PersonalAi.Tests.Memory.Conversations;

public sealed class MarkdownFencesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("```c\nint x;\n```")]
    [InlineData("~~~\n```\n~~~ \n")]
    [InlineData("```\na\n`````\n")]
    [InlineData("    ```\nindented code, no fence")]
    [InlineData("``` not a fence ``` but a span")]
    public void A_text_without_an_open_fence_stays_as_it_is(string text) => Assert.Equal(text, MarkdownFences.Close(text));

    [Theory]
    [InlineData("```python\nprint(1)", "```python\nprint(1)\n```")]
    [InlineData("````\n```\n", "````\n```\n````")]
    [InlineData("~~~\n```\n", "~~~\n```\n~~~")]
    [InlineData("```\ncode\n``` no end", "```\ncode\n``` no end\n```")]
    [InlineData("```\na\n```\n\n  ~~~~ b\n", "```\na\n```\n\n  ~~~~ b\n~~~~")]
    public void An_open_fence_is_closed(string text, string closed) => Assert.Equal(closed, MarkdownFences.Close(text));
}
