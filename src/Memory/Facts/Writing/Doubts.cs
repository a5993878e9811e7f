using System.Collections.Frozen;
using PersonalAi.Memory.Facts.Writing.Language;
using PersonalAi.Memory.Facts.Writing.Rules;

namespace PersonalAi.Memory.Facts.Writing;

/// <summary>Sorts out what is said but not sure, and what is true but not harmless.</summary>
internal static class Doubts
{
    private static readonly string[] Unsure =
    [
        "maybe", "perhaps", "possibly", "probably", "might", "considering", "thinking", "hopefully", "hope", "undecided", "guess", "apparently", "allegedly", "supposedly", "wonder", "planning", "reckon", "suspect", "think",
        "unsure", "tempted", "toying",
    ];

    /// <summary>Why a candidate must be looked at; null where it is sure and harmless.</summary>
    public static DoubtReason? Of(FactCandidate candidate, Clause clause)
    {
        if (IsUncertain(clause))
        {
            return DoubtReason.Uncertain;
        }

        if (candidate.IsExplicit)
        {
            return null;
        }

        var isOfOthers = candidate.Kind == FactKind.Relation;
        return Has(clause, Nouns.Health) ? (isOfOthers ? DoubtReason.OtherPerson : DoubtReason.Health)
            : Has(clause, Nouns.Money) ? DoubtReason.Money
            : Has(clause, Nouns.Private) ? (isOfOthers ? DoubtReason.OtherPerson : DoubtReason.Private)
            : null;
    }

    private static bool IsUncertain(Clause clause)
    {
        var words = clause.Sentence;
        for (var at = 0; at < words.Length; at++)
        {
            var word = words[at];
            if (Unsure.Contains(word.Lower)
                || (word.Is("may") && !word.IsCapitalised && at > 0 && words[at - 1].IsAny("i", "we", "he", "she", "it", "they"))
                || (word.Is("not") && at + 1 < words.Length && words[at + 1].IsAny("sure", "decided", "certain"))
                || (word.Is("if") && at + 1 < words.Length && words[at + 1].Is("they")))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(Clause clause, FrozenSet<string> words) =>
        clause.Words.Any(word => words.Contains(word.Lower) || (word.Lower.EndsWith('s') && words.Contains(word.Lower[..^1])));
}
