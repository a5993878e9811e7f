using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PersonalAi.Memory.Facts.Writing.Language;

/// <summary>Whom or what a clause is about.</summary>
internal enum SubjectKind
{
    /// <summary>"I".</summary>
    User,

    /// <summary>"we": the user and others.</summary>
    Group,

    /// <summary>"my cello", "our API freeze", "my wife Jean".</summary>
    Owned,

    /// <summary>"he", "she", "they".</summary>
    Pronoun,

    /// <summary>A name: "Elsa", "the dog's".</summary>
    Name,

    /// <summary>None is said, and the user is meant: "moved to Porto".</summary>
    Omitted,
}

/// <summary>A subject and where it stands in its clause.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="First">Its first word.</param>
/// <param name="Verb">The word behind it, where the verb group begins.</param>
internal readonly record struct Subject(SubjectKind Kind, int First, int Verb);

/// <summary>Finds subjects.</summary>
internal static class Subjects
{
    private const int LongestNounPhrase = 9;
    private const int LongestThing = 5;
    private const int LongestOpening = 6;

    private static readonly FrozenSet<string> Pronouns = FrozenSet.Create(StringComparer.Ordinal, "he", "she", "they");

    // Whose they are goes without saying.
    private static readonly FrozenSet<string> Parents = FrozenSet.Create(StringComparer.Ordinal, "mum", "mom", "mam", "dad", "mama", "papa", "gran", "granny", "grandma", "grandpa", "grandad", "granddad", "nan", "nana");

    // What may stand before the subject without changing what is said.
    private static readonly FrozenSet<string> LeadIns = FrozenSet.Create(
        StringComparer.Ordinal,
        "oh", "ok", "okay", "well", "right", "thanks", "thank", "you", "morning", "evening", "hello", "hi", "hey", "good", "so", "and", "but", "also", "btw", "by", "the", "way",
        "actually", "no", "nope", "yes", "yeah", "yep", "aye", "ha", "haha", "hahaha", "lol", "sorry", "now", "then", "just", "please", "anyway", "besides", "however",
        "plus", "because", "though", "since", "by", "finally", "at", "last", "honestly", "personally", "usually", "normally", "currently", "nowadays", "today", "yesterday",
        "fyi", "look", "listen", "mind", "perfect", "great", "danke", "cheers", "ah", "um", "hmm", "wait", "correction", "update", "news", "big", "fun", "fact",
        "again", "always", "sometimes", "mostly", "unfortunately", "sadly", "luckily", "apparently", "basically", "obviously", "still", "you", "see", "as", "for", "in", "general",
        "exactly", "indeed", "true", "wow", "god", "not", "background", "context", "it", "turns", "out", "that", "one", "more", "thing", "reminder", "ps", "p", "s", "note", "to", "be", "clear", "all", "here", "way", "given");

    public static bool Begins(ImmutableArray<Word> words, int at) => At(words, at) is not null;

    /// <summary>The subject of a clause; null where it has none that something can be remembered about.</summary>
    public static Subject? Find(ImmutableArray<Word> words)
    {
        for (var at = 0; at < words.Length; at++)
        {
            if (At(words, at) is { } subject)
            {
                // "I mean I'm from Oban".
                return subject.Kind == SubjectKind.User && at + 2 < words.Length && words[at + 1].Is("mean") && At(words, at + 2) is { } meant ? meant : subject;
            }

            if (at == 0 && IsNote(words))
            {
                return new Subject(SubjectKind.Omitted, 0, 0);
            }

            // "Plot twist I'm moving".
            if (at < 2 && words.Length > at + 2 && IsPlain(words[at]) && words[(at + 1)..Math.Min(3, words.Length)].Any(word => word.Is("i")))
            {
                continue;
            }

            if (!MayPrecede(words, at))
            {
                return Verbs.IsEventPast(words[at].Lower) && (at == 0 || LeadIns.Contains(words[at - 1].Lower) || words[at - 1].IsMark)
                    ? new Subject(SubjectKind.Omitted, at, at)
                    : null;
            }
        }

        return null;
    }

    // "Hate flying", "used to race pigeons", "live in Darwin": notes leave the user out.
    private static bool IsNote(ImmutableArray<Word> words) =>
        words.Length > 1
        && ((words[0].IsAny("hate", "prefer", "detest", "live", "own", "drink", "smoke") && !words[1].IsAny("this", "it", "that", "you", "your", "how", "when", "to", "the", "from"))
            || (words[0].Is("used") && words[1].Is("to"))
            || (words[0].Is("work") && words[1].IsAny("alone", "at", "for", "as", "nights", "days", "shifts"))
            || (words[0].Is("do") && words[1].IsAny("n't", "not") && words.Length > 2 && words[2].IsAny("drink", "smoke", "eat", "drive", "like", "own")));

    /// <summary>The subject that begins at a word.</summary>
    public static Subject? At(ImmutableArray<Word> words, int at)
    {
        var word = words[at];
        return word.Lower switch
        {
            "i" when at + 1 < words.Length => new Subject(SubjectKind.User, at, at + 1),
            "we" when at + 1 < words.Length => new Subject(SubjectKind.Group, at, at + 1),
            "my" or "our" => VerbAfter(words, at) is { } verb ? new Subject(SubjectKind.Owned, at, verb) : null,
            var lower when Pronouns.Contains(lower) && at + 1 < words.Length => new Subject(SubjectKind.Pronoun, at, at + 1),
            var lower when Parents.Contains(lower) && at + 1 < words.Length && Verbs.IsFinite(words[at + 1].Lower) => new Subject(SubjectKind.Owned, at, at + 1),
            var lower when at == 0 && Nouns.People.Contains(lower) && at + 1 < words.Length && Verbs.IsFinite(words[at + 1].Lower) => new Subject(SubjectKind.Name, at, at + 1),
            _ => NamedAt(words, at),
        };
    }

    // "Elsa starts", "Mira gave up", "the dog's called": a name is capitalised in the middle, or known to be one by the verb behind it.
    private static Subject? NamedAt(ImmutableArray<Word> words, int at)
    {
        var noun = words[at].Is("the") ? at + 1 : at;
        var end = noun;
        var isThing = words[at].Is("the");
        while (end < words.Length && (IsNameWord(words[end]) || (isThing && end - noun < LongestThing && !words[end].IsMark && (end == noun || !Verbs.IsFinite(words[end].Lower)))))
        {
            end++;
        }

        // "Mrs Adeyemi next door is".
        if (end > noun && !isThing && end + 1 < words.Length && ((words[end].Is("next") && words[end + 1].Is("door")) || words[end].IsAny("upstairs", "downstairs")))
        {
            end += words[end].Is("next") ? 2 : 1;
        }

        // "Elsa's vaccination is": the name only says whose it is.
        if (end > noun && end + 1 < words.Length && words[end].Is("'s") && !IsPredicateStart(words, end + 1))
        {
            end += 2;
            while (end < words.Length && end - noun < LongestThing && !words[end].IsMark && !Verbs.IsFinite(words[end].Lower))
            {
                end++;
            }
        }

        return end > noun && end < words.Length && Verbs.IsFinite(words[end].Lower) && (isThing || !Verbs.IsFinite(words[noun].Lower))
            ? new Subject(SubjectKind.Name, at, end)
            : null;
    }

    private static bool IsPlain(Word word) =>
        !word.IsMark && !Verbs.IsFinite(word.Lower) && !Verbs.IsKnown(word.Lower) && !Verbs.IsRequest(word.Lower)
        && !word.IsAny("if", "when", "than", "like", "what", "where", "who", "why", "how", "whether", "while", "until", "before", "mention", "say", "until", "unless", "as", "the", "that", "which", "stuff");

    private static bool IsNameWord(Word word) =>
        word.IsCapitalised && !word.Is("i") && !word.IsNumber && !LeadIns.Contains(word.Lower) && !OpensPhrase(word)
        && !NumberWords.IsDay(word.Lower) && !NumberWords.IsMonth(word.Lower) && !word.IsAny("that", "there", "this", "everybody", "somebody", "nobody", "one", "mine", "these", "those", "if", "only");

    private static bool OpensPhrase(Word word) => word.IsAny(
        "from", "since", "in", "on", "after", "before", "during", "until", "every", "this", "last", "next", "at", "these", "as", "around", "once");

    private static int? VerbAfter(ImmutableArray<Word> words, int at)
    {
        for (var next = at + 2; next < Math.Min(words.Length, at + LongestNounPhrase); next++)
        {
            if (words[next].Is("'s") && next + 1 < words.Length && !IsPredicateStart(words, next + 1))
            {
                // "my wife's sister": a genitive.
                continue;
            }

            if (words[next].IsAny(":", "\"", ".", ";") || words[next].IsAny("if", "when", "because", "who", "that"))
            {
                return null;
            }

            // "My husband drive truck": those who learn English leave the ending out.
            if (Verbs.IsFinite(words[next].Lower) || (Verbs.IsLasting(words[next].Lower) && (Nouns.People.Contains(words[next - 1].Lower) || (next > at + 2 && words[next - 1].IsCapitalised && Nouns.People.Contains(words[next - 2].Lower)))))
            {
                return next;
            }
        }

        return null;
    }

    private static bool IsPredicateStart(ImmutableArray<Word> words, int at) =>
        words[at].IsAny("a", "an", "the", "allergic", "vegan", "vegetarian", "pregnant", "retired", "deaf", "very", "really", "also", "just", "her", "his", "not", "with", "for", "off", "our", "called", "got", "been", "in", "on", "at", "from", "coming", "going", "moved", "now", "my", "our", "still", "always")
        || words[at].IsNumber || words[at].Lower.EndsWith("ing", StringComparison.Ordinal) || words[at].Lower.EndsWith("ed", StringComparison.Ordinal)
        || (at == words.Length - 1);

    // "From April I am", "Since Saturday we live", "In my family everybody".
    private static bool MayPrecede(ImmutableArray<Word> words, int at) =>
        words[at].IsMark || LeadIns.Contains(words[at].Lower) || IsInOpeningPhrase(words, at);

    private static bool IsInOpeningPhrase(ImmutableArray<Word> words, int at)
    {
        for (var first = at; first >= 0 && at - first <= LongestOpening; first--)
        {
            if (OpensPhrase(words[first]))
            {
                return true;
            }

            if (words[first].IsMark)
            {
                return false;
            }
        }

        return false;
    }
}
