using System.Collections.Immutable;

namespace PersonalAi.Tools.Selection;

/// <summary>What people write who want no tool: talk, texts, and what a model knows by itself. A message that is nearer to these than to any tool gets none.</summary>
internal static class SmallTalk
{
    /// <summary>One message of each kind.</summary>
    public static readonly ImmutableArray<string> Texts =
    [
        "hello, how are you", "good morning", "thank you, that helped", "goodbye", "who are you", "write a poem", "tell me a story", "tell me a joke", "explain to me how it works",
        "why did that happen in history", "who wrote this book", "what is the capital of that country", "what is the difference between the two", "what does this word mean",
        "give me some ideas for it", "what do you think about it", "which of them is better", "I feel sad", "say it again, but shorter", "go on", "what are the rules of the game",
        "how do I cook this",
    ];
}
