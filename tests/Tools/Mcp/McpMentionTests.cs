using PersonalAi.Tools.Mcp;
using Xunit;

namespace PersonalAi.Tests.Tools.Mcp;

public sealed class McpMentionTests
{
    [Theory]
    [InlineData("Sum up @notes:file:///a.txt, please.", "notes file:///a.txt")]
    [InlineData("@notes:\"note://my day\" and @wiki:page/1 and @wiki:page/1", "notes note://my day|wiki page/1")]
    [InlineData("Write to me@notes:80 or @other:x.", "")]
    [InlineData("@notes: nothing", "")]
    public void A_message_names_resources_of_servers_that_there_are(string message, string expected)
    {
        var mentions = McpMention.In(message, ["notes", "wiki"]);

        Assert.Equal(expected, string.Join('|', mentions.Select(mention => $"{mention.Server} {mention.Uri}")));
    }
}
