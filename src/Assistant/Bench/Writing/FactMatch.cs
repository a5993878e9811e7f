using System.Text.RegularExpressions;
using PersonalAi.Memory.Facts.Writing;

namespace PersonalAi.Assistant.Bench.Writing;

/// <summary>
/// Whether a candidate says a stated fact. Their words must overlap: one span holds the other, or they share at least half of
/// what both cover. What they share must agree in numbers, names and negation with the candidate's sentence.
/// </summary>
internal static partial class FactMatch
{
    /// <summary>Whether what the candidate says is (part of) what is stated: then it is right.</summary>
    public static bool IsRight(FactCandidate candidate, StatedFact stated, string text) => Overlap(candidate, stated, text) is { } shared
        && (shared.Length == stated.Span.Length || shared.Length == candidate.Length || 2 * shared.Length >= Union(candidate, stated, shared)) && Agrees(candidate, shared);

    /// <summary>Whether the candidate says all of what is stated, or at least half of its words: then it is recalled.</summary>
    public static bool IsRecalled(FactCandidate candidate, StatedFact stated, string text) =>
        IsRight(candidate, stated, text) && Overlap(candidate, stated, text) is { } shared && 2 * shared.Length >= stated.Span.Length;

    private static string? Overlap(FactCandidate candidate, StatedFact stated, string text)
    {
        var start = text.IndexOf(stated.Span, StringComparison.Ordinal);
        var (first, last) = (Math.Max(start, candidate.Start), Math.Min(start + stated.Span.Length, candidate.End));
        return start >= 0 && last > first ? text[first..last] : null;
    }

    private static int Union(FactCandidate candidate, StatedFact stated, string shared) => candidate.Length + stated.Span.Length - shared.Length;

    private static bool Agrees(FactCandidate candidate, string shared) =>
        Hard().Matches(shared).All(word => candidate.Text.Contains(word.Value, StringComparison.OrdinalIgnoreCase))
        && (!Negation().IsMatch(shared) || Negation().IsMatch(candidate.Text));

    // Numbers, and names: capitalised words but "I" and the first, which a sentence capitalises.
    [GeneratedRegex(@"\d+|(?<=[\p{Ll},] )\p{Lu}\p{Ll}+")]
    private static partial Regex Hard();

    [GeneratedRegex(@"\b(?:not|no|never|without|nothing|nowt|cannot)\b|n't\b", RegexOptions.IgnoreCase)]
    private static partial Regex Negation();
}
