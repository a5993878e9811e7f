using Microsoft.Extensions.AI;

namespace PersonalAi.Tests.Fakes;

/// <summary>A local model that answers what a test wrote down, one answer after another.</summary>
/// <param name="answers">The answers.</param>
internal sealed class ScriptedChatClient(params IReadOnlyList<IReadOnlyList<AIContent>> answers) : FakeChatClient
{
    /// <summary>An answer of text.</summary>
    public static IReadOnlyList<AIContent> Text(string text) => [new TextContent(text)];

    protected override IReadOnlyList<AIContent> Answer(FakeRequest request) => Requests.Count <= answers.Count
        ? answers[Requests.Count - 1]
        : throw new InvalidOperationException($"The script has {answers.Count} answers, and another one was asked for: {request.LastRequest}");
}
