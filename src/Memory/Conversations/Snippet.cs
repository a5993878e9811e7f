namespace PersonalAi.Memory.Conversations;

/// <summary>A piece of a snippet.</summary>
/// <param name="Text">Its text.</param>
/// <param name="IsMatch">Whether it is what was searched for.</param>
public readonly record struct SnippetPart(string Text, bool IsMatch);

/// <summary>Short passages around matches.</summary>
internal static class Snippet
{
    // Control characters, since no text that people read has them.
    public const char MatchStart = '\u0002';
    public const char MatchEnd = '\u0003';

    private const int Before = 60;
    private const int After = 120;

    /// <summary>The parts of a passage in which SQLite has marked the matches.</summary>
    public static IReadOnlyList<SnippetPart> FromMarked(string passage) =>
        [.. passage.Split(MatchStart, MatchEnd).Select((piece, index) => new SnippetPart(piece, index % 2 == 1)).Where(part => part.Text.Length > 0)];

    /// <summary>A passage around the first place where a term stands as it was typed, else the text's beginning.</summary>
    public static IReadOnlyList<SnippetPart> FromLong(string text, IEnumerable<string> terms)
    {
        var found = terms.Select(term => term.TrimEnd('*'))
            .Select(term => (Start: text.IndexOf(term, StringComparison.OrdinalIgnoreCase), term.Length))
            .Where(place => place.Start >= 0)
            .DefaultIfEmpty()
            .MinBy(place => place.Start);
        var (first, matchEnd) = (WholeCharacter(text, found.Start - Before), found.Start + found.Length);
        var last = WholeCharacter(text, matchEnd + After);
        SnippetPart[] parts =
        [
            new((first > 0 ? "…" : "") + text[first..found.Start], false),
            new(text[found.Start..matchEnd], true),
            new(text[matchEnd..last] + (last < text.Length ? "…" : ""), false),
        ];
        return [.. parts.Where(part => part.Text.Length > 0)];
    }

    // The nearest place at or before this one that does not split a surrogate pair.
    private static int WholeCharacter(string text, int place)
    {
        var inside = Math.Clamp(place, 0, text.Length);
        return inside < text.Length && char.IsLowSurrogate(text[inside]) && inside > 0 ? inside - 1 : inside;
    }
}
