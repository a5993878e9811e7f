using System.Text;

namespace PersonalAi.Memory.Conversations;

/// <summary>What someone typed to search for, as an FTS5 query in which nothing is an operator by accident.</summary>
// All words must occur; "words in quotes" follow each other; a word* stands for every word that starts like it.
internal static class SearchQuery
{
    /// <summary>The query in FTS5's language.</summary>
    /// <exception cref="MemoryException">The text has no word that could be searched for.</exception>
    public static string Parse(string text)
    {
        var terms = Split(text).Where(term => term.EnumerateRunes().Any(Rune.IsLetterOrDigit)).Select(Term).ToList();
        return terms.Count > 0
            ? string.Join(' ', terms)
            : throw new MemoryException(MemoryError.Invalid, $"The search '{text}' has no letter or digit in it; give a word to search for.");
    }

    // Pieces between quotes are phrases, the others single words: every second piece, counted from the first.
    private static IEnumerable<string> Split(string text) => text
        .Replace('\0', ' ')
        .Split('"')
        .SelectMany((piece, index) => index % 2 == 1 ? [piece] : piece.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Term(string term) => term.EndsWith('*') ? $"\"{term.TrimEnd('*')}\"*" : $"\"{term}\"";
}
