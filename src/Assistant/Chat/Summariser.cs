using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Chat;

/// <summary>Has the local model write down what older turns said, before they leave the window.</summary>
/// <param name="client">The local model.</param>
internal sealed class Summariser(ILocalChatClient client)
{
    private const string Instructions =
        "You keep notes of a conversation. Write a short summary in plain sentences: who the user is, what was asked, what was decided, "
        + "and every name, number and date that may be needed later. Do not add anything that was not said.";

    /// <summary>The longest summary in tokens.</summary>
    public int MaxTokens { get; } = Math.Min(client.ContextLength / 12, 384);

    /// <summary>Folds turns into a summary.</summary>
    /// <param name="earlier">The summary of what came before them, or null.</param>
    /// <param name="turns">The turns, oldest first.</param>
    /// <param name="cancellationToken">Stops the model.</param>
    public async Task<string> SummariseAsync(string? earlier, IReadOnlyList<Turn> turns, CancellationToken cancellationToken = default)
    {
        var summary = earlier;
        var rest = Transcript(turns);
        while (rest.Length > 0)
        {
            // A transcript that is longer than the window is folded piece by piece, so that none of it is left out.
            var piece = await LongestThatFitsAsync(summary, rest, cancellationToken);
            rest = rest[piece.Length..];
            var response = await client.GetResponseAsync(Prompt(summary, piece), Options, cancellationToken);
            summary = response.Text.Trim();
        }

        return summary ?? "";
    }

    private ChatOptions Options => new() { Temperature = 0, MaxOutputTokens = MaxTokens };

    private static string Transcript(IEnumerable<Turn> turns)
    {
        var text = new StringBuilder();
        foreach (var turn in turns)
        {
            text.Append(CultureInfo.InvariantCulture, $"User: {turn.Prompt}\nAssistant: {turn.Answer}\n");
        }

        return text.ToString();
    }

    private static ChatMessage[] Prompt(string? earlier, string transcript) =>
    [
        new(ChatRole.System, Instructions),
        new(ChatRole.User, earlier is null
            ? $"Conversation:\n{transcript}\nSummarise it."
            : $"Summary so far:\n{earlier}\n\nConversation since then:\n{transcript}\nSummarise both together."),
    ];

    private async Task<string> LongestThatFitsAsync(string? earlier, string transcript, CancellationToken cancellationToken)
    {
        var (fits, tooLong) = (0, transcript.Length + 1);
        while (tooLong - fits > 1)
        {
            // Most transcripts fit whole, so that is tried first.
            var length = tooLong > transcript.Length ? transcript.Length : (fits + tooLong) / 2;
            if (await client.CountTokensAsync(Prompt(earlier, transcript[..length]), cancellationToken: cancellationToken) + MaxTokens <= client.ContextLength)
            {
                fits = length;
            }
            else
            {
                tooLong = length;
            }
        }

        return transcript[..EndOfWord(transcript, Math.Max(fits, 1))];
    }

    // Cuts between words where there is one to cut after, and never inside a character.
    private static int EndOfWord(string text, int length)
    {
        if (length == text.Length)
        {
            return length;
        }

        var space = text.LastIndexOfAny([' ', '\n'], length - 1);
        return space > 0 ? space + 1 : char.IsHighSurrogate(text[length - 1]) ? length + 1 : length;
    }
}
