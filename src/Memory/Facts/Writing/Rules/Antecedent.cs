using System.Collections.Immutable;
using PersonalAi.Memory.Facts.Writing.Guards;
using PersonalAi.Memory.Facts.Writing.Language;

namespace PersonalAi.Memory.Facts.Writing.Rules;

/// <summary>Whom "she", "he" or "they" means.</summary>
/// <param name="Words">The words that name the person.</param>
/// <param name="EarlierText">The turn that they stand in; null for the same turn.</param>
internal readonly record struct Antecedent(ImmutableArray<Word> Words, string? EarlierText)
{
    private const int LongestNoun = 5;

    public bool IsNone => Words.IsDefaultOrEmpty;

    /// <summary>Whether a pronoun can stand for it: nobody says "he" of a sister.</summary>
    public bool Fits(Word pronoun) => !IsNone && pronoun.Lower switch
    {
        "he" => !Words.Any(word => Nouns.Women.Contains(word.Lower)),
        "she" => !Words.Any(word => Nouns.Men.Contains(word.Lower)),
        _ => true,
    };

    /// <summary>Who is left for the clauses behind one: what opens with something else than "she" speaks no more of an earlier turn's person.</summary>
    public Antecedent Behind(Statement? statement) => EarlierText is null || statement is { Subject.Kind: SubjectKind.Pronoun } ? this : default;

    /// <summary>Whom a clause names last: "my sister Nino", "the student", "son Brett", "me and Oswin"; null where it names nobody.</summary>
    public static Antecedent? In(Clause clause, Statement? statement) =>
        OfUser(clause.Words) is { } own ? new(own, null)
        : statement is { Subject.Kind: SubjectKind.Name } ? new(clause.Words[statement.Subject.First..statement.Subject.Verb], null)
        : Companion(clause.Words) is { } companion ? new(companion, null)
        : null;

    /// <summary>The person that the user named last in the turns before.</summary>
    public static Antecedent InEarlier(WritingTurn turn)
    {
        foreach (var text in turn.Earlier.Reverse())
        {
            var own = OwnWords.Of(text);
            foreach (var clause in Clauses.Of(own, Language.Words.Of(own)).Reverse())
            {
                if (OfUser(clause.Words) is { } person)
                {
                    return new(person, text);
                }
            }
        }

        return default;
    }

    private static ImmutableArray<Word>? OfUser(ImmutableArray<Word> words)
    {
        for (var at = 0; at < words.Length; at++)
        {
            // Notes leave "my" out.
            var noun = words[at].IsAny("my", "our") ? NounBehind(words, at) : at == 0 && Nouns.People.Contains(words[0].Lower) && 1 < words.Length && Details.IsName(words[1]) ? 0 : null;
            if (noun is { } last)
            {
                return words[at..(last + 1 < words.Length && Details.IsName(words[last + 1]) ? last + 2 : last + 1)];
            }
        }

        return null;
    }

    private static int? NounBehind(ImmutableArray<Word> words, int at)
    {
        for (var noun = at + 1; noun < Math.Min(at + LongestNoun, words.Length); noun++)
        {
            if (Nouns.People.Contains(words[noun].Lower))
            {
                return noun;
            }
        }

        return null;
    }

    private static ImmutableArray<Word>? Companion(ImmutableArray<Word> words)
    {
        for (var at = 1; at + 1 < words.Length; at++)
        {
            if (words[at].IsAny("and", "with") && words[at - 1].IsAny("me", "us") && Details.IsName(words[at + 1]))
            {
                return [words[at + 1]];
            }
        }

        return null;
    }
}
