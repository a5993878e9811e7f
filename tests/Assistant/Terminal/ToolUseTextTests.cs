using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Conversations;
using Xunit;

namespace PersonalAi.Tests.Assistant.Terminal;

public sealed class ToolUseTextTests
{
    [Fact]
    public void A_name_that_only_looks_like_that_of_a_tool_is_not_written_like_it() => Assert.Equal(
        @"fetch\u200b_p\u0430ge {""url"":""x\u202e""}: No.",
        ToolUseText.Of(new ToolUse("1", "fetch\u200b_p\u0430ge", "{\"url\":\"x\u202e\"}", "invalid", "No.")));
}
