using System.Collections.Frozen;
using PersonalAi.Memory.Facts.Writing.Language;

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
        return isOfOthers && Has(clause, Nouns.Health) && !Has(clause, Nouns.Diet) && !IsOfAnimal(candidate) ? DoubtReason.OtherPerson
            : Has(clause, Nouns.Money) || (candidate.Kind is not (FactKind.Relation or FactKind.Preference) && Has(clause, Nouns.Currencies)) ? DoubtReason.Money
            : Has(clause, Nouns.Private) ? (isOfOthers ? DoubtReason.OtherPerson : DoubtReason.Private)
            : null;
    }

    // A word of doubt counts in its clause, and behind it: "I might" says nothing of what was said before, "not decided" does.
    private static bool IsUncertain(Clause clause)
    {
        var words = clause.Sentence;
        for (var at = 0; at < words.Length; at++)
        {
            var word = words[at];
            if (word.Start >= clause.Start
                && ((Unsure.Contains(word.Lower) && word.Start < clause.End)
                    || (word.Is("may") && !word.IsCapitalised && at > 0 && words[at - 1].IsAny("i", "we", "he", "she", "it", "they"))
                    || (word.Is("not") && at + 1 < words.Length && words[at + 1].IsAny("sure", "decided", "certain"))
                    || (word.Is("nothing") && at + 1 < words.Length && words[at + 1].IsAny("fixed", "decided", "certain"))
                    || (word.Is("know") && at > 0 && words[at - 1].IsAny("n't", "not"))
                    || word.IsAny("depends", "depending")
                    || (word.Is("if") && at + 1 < words.Length && words[at + 1].Is("they"))))
            {
                return true;
            }
        }

        // "Not sure yet, but we ...": what opens a sentence holds for it.
        return words.TakeWhile(word => word.Start < clause.Start).Any(word => word.IsAny("maybe", "perhaps", "possibly", "probably"));
    }

    private static bool IsOfAnimal(FactCandidate candidate) => Words.Of(candidate.Text).Any(word => Nouns.Animals.Contains(word.Lower));

    private static bool Has(Clause clause, FrozenSet<string> words) =>
        clause.Words.Any(word => words.Contains(word.Lower) || (word.Lower.EndsWith('s') && words.Contains(word.Lower[..^1])));
}
