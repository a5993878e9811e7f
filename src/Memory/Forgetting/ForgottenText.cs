using System.Text.RegularExpressions;
using PersonalAi.Memory.Recall.Arms;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Memory.Forgetting;

/// <summary>Texts that are to be forgotten: what to search for, and whether another text says the same.</summary>
/// <param name="texts">The texts.</param>
public sealed partial class ForgottenText(IReadOnlyList<string> texts)
{
    /// <summary>What stands where words were taken out.</summary>
    public const string Marker = "[forgotten]";

    // So much of what a text is about makes a sentence a repetition of it; so much a summary, or a sentence with one of its names.
    private const double Repeats = 0.6;
    private const double SpeaksOf = 0.5;

    // Below this, a shared ending tells nothing.
    private const int Stem = 4;

    private readonly string[][] _words = [.. texts.Select(text => WordArm.WordsOf(text).Where(word => word is not ("user" or "users")).ToArray())];

    /// <summary>The texts, without the punctuation around them, the longest first.</summary>
    public IReadOnlyList<string> Phrases { get; } =
        [.. texts.Select(text => text.Trim().TrimEnd('.', '!', '?', ' ')).Where(text => text.Length > 0).Distinct().OrderByDescending(text => text.Length)];

    /// <summary>The names, numbers and codes in them, which may stand elsewhere for other reasons.</summary>
    public IReadOnlyList<string> Names { get; } = [.. texts.SelectMany(NameFinder.Find).Where(name => name.Length > 2).Distinct()];

    /// <summary>For each text, its words as FTS5 finds the turns that may repeat it.</summary>
    internal IEnumerable<string> Matches => texts.Zip(_words, (text, words) => words.Length > 1
        ? string.Join(" OR ", words.Select(word => $"\"{word}\""))
        : $"\"{string.Join(' ', Word().Matches(text).Select(match => match.Value))}\"").Where(match => match.Length > 2);

    /// <summary>The sentences of a text that repeat one of the texts.</summary>
    internal IEnumerable<Range> RepeatedIn(string text)
    {
        foreach (Match sentence in Sentence().Matches(text))
        {
            if (Says(sentence.Value, Names.Any(name => sentence.Value.Contains(name, StringComparison.OrdinalIgnoreCase)) ? SpeaksOf : Repeats))
            {
                var start = sentence.Index + (sentence.Length - sentence.Value.TrimStart().Length);
                yield return start..(sentence.Index + sentence.Length);
            }
        }
    }

    /// <summary>Whether a summary speaks of one of the texts.</summary>
    internal bool IsSpokenOfIn(string summary) => Says(summary, SpeaksOf);

    private bool Says(string text, double share)
    {
        var said = Word().Matches(text).Select(match => match.Value.ToLowerInvariant()).Distinct().ToArray();
        return _words.Zip(texts, (words, whole) => words.Length > 1
            ? words.Count(word => said.Any(other => IsSame(word, other))) >= Math.Max(2, share * words.Length)
            : text.Contains(whole.Trim().TrimEnd('.', '!', '?'), StringComparison.OrdinalIgnoreCase)).Any(says => says);
    }

    // "lives" and "live", "allergic" and "allergies".
    private static bool IsSame(string word, string other)
    {
        var common = word.AsSpan().CommonPrefixLength(other);
        return word == other || (common >= Stem && common >= Math.Max(word.Length, other.Length) - 3);
    }

    [GeneratedRegex(@"[^.!?\n]*[^.!?\n\s][^.!?\n]*[.!?]*", RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
