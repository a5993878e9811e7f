using System.Collections.Frozen;
using System.Collections.Immutable;
using PersonalAi.Memory.Facts.Writing.Guards;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>
/// Finds the fact whose place a newer one takes: the one about the same attribute or, where the words say that something
/// changed ("now", "no longer", "quit the garden centre"), the one that speaks of the same things.
/// </summary>
internal static class Replacements
{
    private const int FewestShared = 2;

    // Behind these stands what is over.
    private static readonly FrozenSet<string> Endings = FrozenSet.Create(
        StringComparer.Ordinal, "quit", "sold", "resigned", "stopped", "gave", "given", "swapping", "swapped", "switching", "switched", "cancelled", "dropped", "left");

    private static readonly FrozenSet<string> Changes = FrozenSet.Create(
        StringComparer.Ordinal, "now", "longer", "anymore", "instead", "changed", "moved", "more", "end", "rescheduled", "postponed");

    /// <param name="candidate">The newer fact.</param>
    /// <param name="clause">The clause that states it.</param>
    /// <param name="turn">The turn, with what is known.</param>
    /// <param name="before">What the turn states before it: a fact is replaced once.</param>
    public static FactId? Of(FactCandidate candidate, Clause clause, WritingTurn turn, IEnumerable<FactCandidate> before) =>
        candidate.Attribute is { } attribute && turn.Known.LastOrDefault(fact => fact.Attribute == attribute) is { } same ? same.Id : OfSameThings(candidate, clause, turn) is { } id && !before.Any(other => other.Supersedes == id) ? id : null;

    private static FactId? OfSameThings(FactCandidate candidate, Clause clause, WritingTurn turn)
    {
        var words = clause.Sentence;
        var isEnding = clause.Words.Any(word => Endings.Contains(word.Lower));
        if (!isEnding && !words.Any(word => Changes.Contains(word.Lower)))
        {
            return null;
        }

        var content = EchoGuard.ContentOf(words);
        var ended = isEnding ? Ended(clause.Words) : null;
        var best = turn.Known
            .Select(fact => (fact.Id, Shared: Shared(fact, content), IsEnded: ended is not null && Shared(fact, [ended]) == 1))
            .Where(fact => fact.Shared >= FewestShared || fact.IsEnded)
            .OrderByDescending(fact => fact.IsEnded).ThenByDescending(fact => fact.Shared)
            .ToList();

        // Where two speak of it alike, nobody can say which is meant.
        return best is [] || !IsOfSamePerson(candidate, turn.Known.First(fact => fact.Id == best[0].Id)) || (best.Count > 1 && best[0].Shared == best[1].Shared && best[0].IsEnded == best[1].IsEnded)
            ? null
            : best[0].Id;
    }

    private static int Shared(KnownFact fact, IEnumerable<string> content)
    {
        var known = EchoGuard.ContentOf(Words.Of(fact.Text));
        return content.Count(known.Contains);
    }

    // "Sold the Hiace", "swapping from biology to marine science".
    private static string? Ended(ImmutableArray<Word> words)
    {
        var verb = words.Select((word, at) => (word, at)).First(pair => Endings.Contains(pair.word.Lower)).at;
        for (var at = verb + 1; at < words.Length; at++)
        {
            if (!words[at].IsAny("up", "from", "the", "my", "our", "as", "with", "a"))
            {
                return EchoGuard.ContentOf([words[at]]).FirstOrDefault();
            }
        }

        return null;
    }

    // What Mira gave up says nothing of what the user does.
    private static bool IsOfSamePerson(FactCandidate candidate, KnownFact known) => candidate.Kind == FactKind.Relation
        ? Words.Of(candidate.Text).Skip(1).Append(Words.Of(candidate.Text)[0]).Any(word => Details.IsName(word) && !word.Is("the") && known.Text.Contains(word.Text, StringComparison.Ordinal))
        : !(Words.Of(known.Text) is [{ Lower: "the" }, { Lower: "user" }, { Lower: "'s" }, var owned, ..] && Nouns.People.Contains(owned.Lower));
}
