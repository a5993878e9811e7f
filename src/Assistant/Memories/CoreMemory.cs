using System.Text;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Assistant.Memories;

/// <summary>What every prompt of a session begins with after the persona: the user's name and language and a few pinned facts.</summary>
internal static class CoreMemory
{
    /// <summary>The most that it takes, in tokens.</summary>
    public const int MaxTokens = 150;

    private const string Heading = "What you know about the user:\n";

    /// <summary>As many of the facts, in their order, as there is room for; then how to take the notes of later messages.</summary>
    /// <param name="facts">The most important first.</param>
    /// <param name="client">Counts tokens.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<string> WriteAsync(IReadOnlyList<Fact> facts, ILocalChatClient client, CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder();
        foreach (var fact in facts)
        {
            var longer = $"{(text.Length == 0 ? Heading : text)}- {fact.Text.ReplaceLineEndings(" ")}\n";
            if (await client.CountTokensAsync([new ChatMessage(ChatRole.User, $"{longer}\n{MemoryNotes.Instruction}")], cancellationToken: cancellationToken) <= MaxTokens)
            {
                text.Clear().Append(longer);
            }
        }

        return (text.Length == 0 ? text : text.Append('\n')).Append(MemoryNotes.Instruction).ToString();
    }
}
