using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace PersonalAi.Memory.Facts.Writing.Language;

/// <summary>Cuts a text into words.</summary>
internal static partial class Words
{
    private static readonly string[] Endings = ["n't", "'re", "'ve", "'ll", "'m", "'s", "'d"];

    public static ImmutableArray<Word> Of(string text)
    {
        var words = ImmutableArray.CreateBuilder<Word>();
        foreach (var match in Pattern().EnumerateMatches(text))
        {
            Add(words, match.Index, text.Substring(match.Index, match.Length));
        }

        return words.ToImmutable();
    }

    private static void Add(ImmutableArray<Word>.Builder words, int start, string text)
    {
        var lower = Misspelt(text.Replace('’', '\'').ToLowerInvariant());
        if (Endings.FirstOrDefault(ending => lower.Length > ending.Length && lower.EndsWith(ending, StringComparison.Ordinal)) is not { } ending)
        {
            words.Add(new Word(start, text, lower));
            return;
        }

        // "im" is "i'm" with a letter less in the text, so the cut is counted from the end.
        var cut = text.Length - (text.AsSpan().ContainsAny('\'', '’') ? ending.Length : ending.Length - 1);
        var stem = lower[..^ending.Length] switch { "ca" => "can", "wo" => "will", "sha" => "shall", var other => other };
        words.Add(new Word(start, text[..cut], stem));
        words.Add(new Word(start + cut, text[cut..], ending));
    }

    private static string Misspelt(string word) => word switch
    {
        "im" => "i'm",
        "ive" => "i've",
        "dont" => "don't",
        "doesnt" => "doesn't",
        "didnt" => "didn't",
        "cant" => "can't",
        "wont" => "won't",
        "isnt" => "isn't",
        "arent" => "aren't",
        "wasnt" => "wasn't",
        "thats" => "that's",
        _ => word,
    };

    // A number with its separators and sign; a word with inner apostrophes, hyphens and full stops; any other mark alone.
    [GeneratedRegex(@"\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?![\p{L}])|[\p{L}\p{N}]+(?:['’\-&][\p{L}\p{N}]+)*|[^\s]")]
    private static partial Regex Pattern();
}
