using Microsoft.Extensions.AI;
using Xunit;

namespace PersonalAi.Tests.Fakes;

public sealed class ScriptedChatClientTests
{
    [Fact]
    public async Task It_answers_in_order_and_keeps_what_it_was_asked()
    {
        using var client = new ScriptedChatClient([new FunctionCallContent("1", "time")], ScriptedChatClient.Text("It is noon."));

        var first = await client.GetResponseAsync("What time is it?", cancellationToken: TestContext.Current.CancellationToken);
        var second = await client.GetResponseAsync("Well?", cancellationToken: TestContext.Current.CancellationToken);
        var third = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetResponseAsync("And now?", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal((ChatFinishReason.ToolCalls, ChatFinishReason.Stop, "It is noon."), (first.FinishReason, second.FinishReason, second.Text));
        Assert.Equal("The script has 2 answers, and another one was asked for: And now?", third.Message);
        Assert.Equal(["What time is it?", "Well?", "And now?"], client.Requests.Select(request => request.LastRequest));
    }
}
