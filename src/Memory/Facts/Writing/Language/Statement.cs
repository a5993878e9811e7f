using System.Collections.Immutable;

namespace PersonalAi.Memory.Facts.Writing.Language;

/// <summary>When what is stated is so.</summary>
internal enum StatementTense
{
    /// <summary>Now, or again and again.</summary>
    Present,

    /// <summary>At this moment, or for a while: "I am living".</summary>
    Progressive,

    /// <summary>Until now: "I have never smoked".</summary>
    Perfect,

    /// <summary>Once.</summary>
    Past,

    /// <summary>For a time that is over: "I used to live".</summary>
    Former,

    /// <summary>To come.</summary>
    Future,

    /// <summary>Perhaps, or only if: "I might", "I would", "I could".</summary>
    Conditional,
}

/// <summary>A clause with a subject and a verb.</summary>
/// <param name="Clause">Where it stands.</param>
/// <param name="Subject">Whom it is about.</param>
/// <param name="Verb">The base form of the verb that carries the meaning; "be" for "I am a nurse".</param>
/// <param name="VerbAt">The word of that verb.</param>
/// <param name="Tense">When it is so.</param>
/// <param name="Negated">Whether it says that something is not so.</param>
internal sealed record Statement(Clause Clause, Subject Subject, string Verb, int VerbAt, StatementTense Tense, bool Negated)
{
    private static readonly string[] Adverbs =
    [
        "always", "also", "still", "just", "really", "mostly", "usually", "currently", "now", "normally", "often", "only", "even", "absolutely", "already", "both",
        "all", "actually", "never", "not", "n't", "sometimes", "rarely", "generally", "mainly", "typically", "regularly", "recently", "finally", "once", "simply",
        "so", "definitely", "simply", "truly", "quite", "ever", "possibly", "probably", "perhaps", "maybe", "hardly", "barely", "long", "since", "occasionally", "too", "basically", "proudly", "only", "half", "officially", "strictly",
    ];

    // They end as a participle does.
    private static readonly string[] Nouns = ["nothing", "something", "anything", "everything", "during", "interesting", "boring", "amazing", "annoying", "confusing", "exciting", "freezing", "willing", "missing", "vegetarian"];

    /// <summary>The words behind the verb.</summary>
    public ImmutableArray<Word> Rest => Clause.Words[Math.Min(VerbAt + 1, Clause.Words.Length)..];

    /// <summary>Whether the words behind the subject contain one of these.</summary>
    public bool Says(params ReadOnlySpan<string> words)
    {
        foreach (var word in Clause.Words.AsSpan()[Subject.Verb..])
        {
            if (words.Contains(word.Lower))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a clause; null where it states nothing.</summary>
    public static Statement? Read(Clause clause)
    {
        if (Subjects.Find(clause.Words) is not { } subject)
        {
            return null;
        }

        var words = clause.Words;
        var at = subject.Verb;
        var tense = StatementTense.Present;
        var negated = subject.First > 0 && words[subject.First - 1].Is("not");
        string? auxiliary = null;
        for (; at < words.Length; at++)
        {
            var word = words[at].Lower;
            if (word == "no" && at + 1 < words.Length && words[at + 1].Is("longer"))
            {
                negated = true;
                at++;
                continue;
            }

            if (Adverbs.Contains(word))
            {
                negated |= word is "not" or "n't" or "never" or "hardly" or "barely" or "rarely";
                continue;
            }

            if (MayFollow(auxiliary, word) && Auxiliary(word) is { } next)
            {
                (auxiliary, tense) = next.Kind switch
                {
                    "be" when auxiliary is "have" => ("been", StatementTense.Perfect),
                    "be" when auxiliary is "will" or "modal" => ("be", tense),
                    "have" when auxiliary is "modal" or "will" => ("have", tense),
                    _ => (next.Kind, next.Tense),
                };
                if (next.Kind == "used" && at + 1 < words.Length && words[at + 1].Is("to"))
                {
                    at++;
                }

                continue;
            }

            break;
        }

        return at < words.Length || auxiliary is "be" or "have" or "been"
            ? new Statement(clause, subject, "", 0, tense, negated).WithVerb(auxiliary, at)
            : null;
    }

    private Statement WithVerb(string? auxiliary, int at)
    {
        var words = Clause.Words;
        var word = at < words.Length ? words[at].Lower : "";
        var verb = Verbs.BaseOf(word);
        return auxiliary switch
        {
            "be" or "been" when word == "going" && at + 2 < words.Length && words[at + 1].Is("to") && Verbs.IsKnown(words[at + 2].Lower) =>
                this with { Verb = words[at + 2].Lower, VerbAt = at + 2, Tense = StatementTense.Future },
            "be" or "been" when word.EndsWith("ing", StringComparison.Ordinal) && word.Length > 4 && !Nouns.Contains(word) =>
                this with { Verb = verb, VerbAt = at, Tense = Tense == StatementTense.Present ? StatementTense.Progressive : Tense },
            "be" or "been" => this with { Verb = "be", VerbAt = at - 1 },
            "have" when word == "got" => this with { Verb = "have", VerbAt = at, Tense = StatementTense.Present },
            "have" when Verbs.IsPast(word) || word.EndsWith("ed", StringComparison.Ordinal) => this with
            {
                Verb = verb,
                VerbAt = at,
                Tense = Tense is StatementTense.Present ? StatementTense.Perfect : Tense,
            },
            "have" => this with { Verb = "have", VerbAt = at - 1 },
            "do" when !Negated && !Verbs.IsKnown(word) => this with { Verb = "do", VerbAt = at - 1 },
            null when Verbs.IsPast(word) && (verb != word || word == "quit" || (Subject.Kind == SubjectKind.Omitted && Verbs.IsEventPast(word))) => this with { Verb = verb, VerbAt = at, Tense = StatementTense.Past },
            null when word.Length > 4 && word.EndsWith("ed", StringComparison.Ordinal) => this with { Verb = verb, VerbAt = at, Tense = StatementTense.Past },
            _ => this with { Verb = verb, VerbAt = at },
        };
    }

    // "will have been": what may stand behind what in a verb group.
    private static bool MayFollow(string? auxiliary, string word) => auxiliary switch
    {
        null => true,
        "will" or "modal" or "must" or "can" => word is "be" or "have" or "'ve",
        "have" => word is "been",
        "be" => word is "being",
        _ => false,
    };

    private static (string Kind, StatementTense Tense)? Auxiliary(string word) => word switch
    {
        "am" or "'m" or "is" or "'s" or "are" or "'re" => ("be", StatementTense.Present),
        "was" or "were" => ("be", StatementTense.Past),
        "be" or "been" or "being" => ("be", StatementTense.Present),
        "have" or "'ve" or "has" => ("have", StatementTense.Present),
        "had" => ("have", StatementTense.Past),
        "do" or "does" => ("do", StatementTense.Present),
        "did" => ("do", StatementTense.Past),
        "will" or "'ll" or "shall" => ("will", StatementTense.Future),
        "can" => ("can", StatementTense.Present),
        "must" => ("must", StatementTense.Present),
        "'d" or "would" or "could" or "may" or "might" or "should" => ("modal", StatementTense.Conditional),
        "used" => ("used", StatementTense.Former),
        _ => null,
    };
}
