using System.Text;

namespace PersonalAi.Memory.Conversations;

/// <summary>What someone typed to search for: all words must occur, "words in quotes" follow each other, and word* stands for a beginning.</summary>
/// <param name="Terms">Words and phrases, with the star where one was given.</param>
internal sealed record SearchQuery(IReadOnlyList<string> Terms)
{
    /// <summary>The query in FTS5's language, in which nothing is an operator by accident.</summary>
    public string Match => string.Join(' ', Terms.Select(term => term.EndsWith('*') ? $"\"{term.TrimEnd('*')}\"*" : $"\"{term}\""));

    /// <summary>Reads a query; nothing in it can be wrong except that it has no word.</summary>
    /// <exception cref="MemoryException">The text has no word that could be searched for.</exception>
    public static SearchQuery Parse(string text)
    {
        var terms = Split(text).Where(term => term.EnumerateRunes().Any(Rune.IsLetterOrDigit)).ToList();
        return terms.Count > 0
            ? new SearchQuery(terms)
            : throw new MemoryException(MemoryError.Invalid, $"The search '{text}' has no letter or digit in it; give a word to search for.");
    }

    // Pieces between quotes are phrases, the others single words: every second piece, counted from the first.
    private static IEnumerable<string> Split(string text) => text
        .Replace('\0', ' ')
        .Split('"')
        .SelectMany((piece, index) => index % 2 == 1 ? [piece] : piece.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
