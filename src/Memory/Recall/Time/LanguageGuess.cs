namespace PersonalAi.Memory.Recall.Time;

/// <summary>Which languages a text may be in, by its most common words.</summary>
internal sealed class LanguageGuess(IReadOnlyList<Token> tokens)
{
    private readonly Dictionary<Vocabulary, int> _counts = Vocabulary.All.ToDictionary(
        words => words,
        words => tokens.Count(token => words.IsCommon(token.Text)));

    /// <summary>Whether no other language has more of its common words in the text.</summary>
    public bool IsLikely(Vocabulary words) => _counts[words] == _counts.Values.Max();
}
