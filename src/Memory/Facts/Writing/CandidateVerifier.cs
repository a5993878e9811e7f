using System.Collections.Frozen;
using System.Collections.Immutable;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing;

/// <summary>What a candidate says that its words do not, or fails to say that they do.</summary>
internal enum VerificationFault
{
    /// <summary>The span is not within the text.</summary>
    Span,

    /// <summary>A number that is not there, or one that got lost.</summary>
    Number,

    /// <summary>A name that is not there.</summary>
    Name,

    /// <summary>"Not" came or went.</summary>
    Negation,

    /// <summary>What was became what is, or the other way round.</summary>
    Tense,

    /// <summary>A word of content that is not there.</summary>
    Word,
}

/// <summary>
/// Proves that a candidate is said by the words it names, whoever proposed it: numbers, names, negation and tense must be the
/// same, and no word of content may come from anywhere else.
/// </summary>
internal static class CandidateVerifier
{
    // What a rewritten sentence may add: the user as a third person, and words without content.
    private static readonly FrozenSet<string> Free = FrozenSet.Create(
        StringComparer.Ordinal,
        "the", "user", "users", "others", "other", "assistant", "'s", "a", "an", "and", "or", "of", "to", "in", "on", "at", "for", "with", "that", "this", "is", "are", "am", "was", "were",
        "be", "been", "has", "have", "had", "does", "do", "did", "will", "would", "not", "n't", "cannot", "can", "it", "its", "their", "they", "them", "his", "her", "he", "she", "who", "whose", "as", "by", "from",
        "called", "named", "name", "notes", "asks", "asked", "wants", "reminder", "answers", "person");

    private static readonly FrozenSet<string> PastMarks = FrozenSet.Create(StringComparer.Ordinal, "was", "were", "had", "did", "used", "formerly", "previously", "former", "ago");
    private static readonly FrozenSet<string> FutureMarks = FrozenSet.Create(StringComparer.Ordinal, "will", "'ll", "gonna", "shall");
    private static readonly FrozenSet<string> DoubtMarks = FrozenSet.Create(
        StringComparer.Ordinal, "might", "may", "maybe", "perhaps", "possibly", "probably", "could", "would", "should", "if", "'d", "considering", "thinking", "hope");

    /// <summary>The first fault of a candidate; null where its words say it.</summary>
    public static VerificationFault? Check(FactCandidate candidate, string text)
    {
        if (!IsWithin(candidate.Start, candidate.Length, text) || (candidate.Antecedent is { } person && !IsWithin(person.Start, person.Length, text)))
        {
            return VerificationFault.Span;
        }

        var said = Words.Of(text.Substring(candidate.Start, candidate.Length));
        var named = candidate.Antecedent is { } antecedent ? said.AddRange(Words.Of(text.Substring(antecedent.Start, antecedent.Length))) : said;
        named = candidate.EarlierPerson is { } earlier ? named.AddRange(Words.Of(earlier)) : named;
        var claimed = Words.Of(candidate.Text);
        return !Numbers(claimed).IsSubsetOf(Numbers(said)) || (claimed.Length > 0 && !Numbers(said).IsSubsetOf(Numbers(claimed))) ? VerificationFault.Number
            : !NamesAreSaid(claimed, named) ? VerificationFault.Name
            : Negations.In(claimed) != Negations.In(said) ? VerificationFault.Negation
            : !TenseIsKept(claimed, said) ? VerificationFault.Tense
            : !claimed.All(word => IsSupported(word, named)) ? VerificationFault.Word
            : null;
    }

    private static bool IsWithin(int start, int length, string text) => start >= 0 && length > 0 && start <= text.Length - length;

    private static HashSet<string> Numbers(ImmutableArray<Word> words) => [.. words.Where(word => word.IsNumber).Select(word => word.Lower)];

    private static bool NamesAreSaid(ImmutableArray<Word> claimed, ImmutableArray<Word> said) => claimed
        .Skip(1)
        .Where(word => word.IsCapitalised && !Free.Contains(word.Lower))
        .All(name => said.Any(word => word.Lower == name.Lower));

    private static int Count(ImmutableArray<Word> words, FrozenSet<string> set) => words.Count(word => set.Contains(word.Lower));

    // A past form of the words may not become a present one, nor doubt and future a statement.
    private static bool TenseIsKept(ImmutableArray<Word> claimed, ImmutableArray<Word> said) =>
        Keeps(claimed, said, PastMarks)
        && Keeps(claimed, said, FutureMarks)
        && Count(claimed, DoubtMarks) >= said.Count(word => DoubtMarks.Contains(word.Lower) && !NumberWords.IsMonth(word.Lower));

    private static bool Keeps(ImmutableArray<Word> claimed, ImmutableArray<Word> said, FrozenSet<string> marks) =>
        (Count(claimed, marks) > 0) == (Count(said, marks) > 0);

    private static bool IsSupported(Word word, ImmutableArray<Word> said) =>
        word.IsMark || Free.Contains(word.Lower) || said.Any(other => other.Lower == word.Lower || IsFormOf(word.Lower, other.Lower));

    private static bool IsFormOf(string claimed, string said) =>
        Verbs.ThirdPersonOf(said) == claimed || Verbs.ThirdPersonOf(claimed) == said
        || (Verbs.BaseOf(claimed) == Verbs.BaseOf(said) && Verbs.IsPast(claimed) == Verbs.IsPast(said));
}
