using System.Collections.Frozen;

namespace PersonalAi.Memory.Facts.Writing.Language;

/// <summary>What sort of thing a verb says of its subject.</summary>
internal enum VerbSort
{
    /// <summary>Nothing that lasts or that the user does: to think, to say, to need.</summary>
    Other,

    /// <summary>A state or an occupation: to live, to own, to teach.</summary>
    State,

    /// <summary>Something that is done again and again when it is said in the present: to swim, to cook.</summary>
    Habit,

    /// <summary>A liking or its contrary.</summary>
    Liking,

    /// <summary>What is drunk, eaten or smoked, or is not.</summary>
    Consumption,

    /// <summary>A change: to move, to marry, to pass.</summary>
    Change,
}

/// <summary>The verbs that facts are told with, their forms and their sorts.</summary>
internal static class Verbs
{
    private static readonly (VerbSort Sort, string Words)[] Table =
    [
        (VerbSort.State,
            "live work own teach study learn speak use run keep belong support follow share come grow sell lead manage coach volunteer rent earn owe "
            + "suffer weigh commute deal specialise specialize reside possess wear have has be hail practise practice serve major breed inherit raise"),
        (VerbSort.Habit,
            "play go swim drive ride sing cook bake knit paint write read walk cycle jog climb hike dance fish garden train travel collect take sit "
            + "start begin finish make do book call watch listen visit meet fly sleep wake stay attend help paint draw sew brew ski sail surf row box "
            + "photograph meditate pray donate order shop pay vote wash put get count translate tutor blog stream stand bring ring phone race sing"),
        (VerbSort.Liking, "like love hate prefer enjoy adore dislike detest loathe avoid favour favor"),
        (VerbSort.Consumption, "drink eat smoke vape"),
        (VerbSort.Change,
            "move switch marry buy quit leave join pass fail graduate win lose accept retire adopt become change sign give resign divorce arrive "
            + "return spend break hire found settle turn sell upgrade convert promote die earn publish complete enrol enroll register apply book "
            + "inherit swap replace stop cancel take get have start finish lamb see go meet do make visit run celebrate open close shut extend attend qualify emigrate adopt land score grow "
            + "study work live come drop name call wear build plant find play teach learn lead swap renew win own rent read write begin"),
        (VerbSort.Other,
            "think say tell ask mean guess know wonder hope wish suppose believe feel need want hear try understand remember forget realise realize "
            + "promise look seem expect imagine swear decide send bet figure bother stick weep mind care matter happen need "
            + "plan intend consider agree thank appreciate elect offer appoint transfer award sack grant assign diagnose refuse reject"),
    ];

    private static readonly FrozenDictionary<string, string> Irregular = Pairs(
        "went go, gone go, got get, gotten get, had have, did do, done do, took take, taken take, made make, left leave, became become, began begin, "
        + "begun begin, bought buy, sold sell, broke break, broken break, came come, drove drive, driven drive, ate eat, eaten eat, drank drink, "
        + "fell fall, felt feel, found find, gave give, given give, grew grow, grown grow, knew know, known know, lost lose, met meet, ran run, "
        + "said say, saw see, seen see, sent send, sang sing, sat sit, slept sleep, spoke speak, spoken speak, spent spend, stood stand, taught teach, "
        + "thought think, told tell, understood understand, won win, wrote write, written write, wore wear, worn wear, flew fly, flown fly, kept keep, "
        + "swam swim, rode ride, ridden ride, paid pay, built build, led lead, heard hear, meant mean, forgot forget, swore swear, woke wake, brought bring, "
        + "quit quit, put put, read read, bet bet, learnt learn, drew draw, drawn draw, moved move");

    private static readonly FrozenDictionary<string, string> Requests = Pairs(
        "write x, tell x, find x, give x, explain x, show x, draft x, translate x, make x, help x, suggest x, list x, turn x, convert x, correct x, summarise x, "
        + "summarize x, rewrite x, name x, recommend x, calculate x, check x, fix x, proofread x, shorten x, compare x, pretend x, imagine x, play x, "
        + "let x, please x, pls x, work x, describe x, define x, generate x, create x, need x, paste x, pasting x, draw x, plan x, act x, teach x, quiz x, test x, read x, put x, look x, spell x");

    private static readonly FrozenSet<string> Auxiliaries = FrozenSet.Create(
        StringComparer.Ordinal,
        "am", "'m", "is", "'s", "are", "'re", "was", "were", "be", "been", "have", "'ve", "has", "had", "'d", "do", "does", "did",
        "will", "'ll", "would", "can", "could", "may", "might", "must", "should", "shall", "used", "gonna", "wanna", "ain't");

    private static readonly FrozenDictionary<string, List<VerbSort>> Sorts = Table
        .SelectMany(row => row.Words.Split(' '), (row, word) => (word, row.Sort))
        .GroupBy(entry => entry.word, entry => entry.Sort)
        .ToFrozenDictionary(group => group.Key, group => group.Distinct().ToList(), StringComparer.Ordinal);

    /// <summary>Whether a verb group may begin with this word.</summary>
    public static bool IsFinite(string word) => Auxiliaries.Contains(word) || IsThirdPerson(word) || IsPast(word);

    public static bool IsAuxiliary(string word) => Auxiliaries.Contains(word);

    /// <summary>Whether a sentence that begins with this word asks for something to be done.</summary>
    public static bool IsRequest(string word) => Requests.ContainsKey(word);

    public static bool Is(string baseForm, VerbSort sort) => Sorts.TryGetValue(baseForm, out var sorts) && sorts.Contains(sort);

    /// <summary>A base form that tells how somebody lives: "live", "drive", "like", "smoke".</summary>
    public static bool IsLasting(string word) => Is(word, VerbSort.State) || Is(word, VerbSort.Habit) || Is(word, VerbSort.Liking) || Is(word, VerbSort.Consumption);

    public static bool IsKnown(string baseForm) => Sorts.ContainsKey(baseForm);

    public static bool IsPast(string word) => Irregular.ContainsKey(word) || (word.EndsWith("ed", StringComparison.Ordinal) && IsKnown(BaseOf(word)));

    /// <summary>A past form that tells of a change, also where its subject is left out: "moved", "sold".</summary>
    public static bool IsEventPast(string word) => IsPast(word) && Is(BaseOf(word), VerbSort.Change);

    public static bool IsThirdPerson(string word) => word.EndsWith('s') && !IsKnown(word) && IsKnown(BaseOf(word));

    /// <summary>The form that a dictionary lists; the word itself where it is not known.</summary>
    public static string BaseOf(string word)
    {
        if (Irregular.TryGetValue(word, out var irregular))
        {
            return irregular;
        }

        ReadOnlySpan<(string Ending, string Instead)> endings =
            [("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")];
        foreach (var (ending, instead) in endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal) && word[..^ending.Length] + instead is var stem)
            {
                if (IsKnown(stem))
                {
                    return stem;
                }

                // "quitting", "swimming", "planned".
                if (stem.Length > 3 && stem[^1] == stem[^2] && IsKnown(stem[..^1]))
                {
                    return stem[..^1];
                }
            }
        }

        return word;
    }

    /// <summary>The form for "he" and "she".</summary>
    public static string ThirdPersonOf(string baseForm) => baseForm switch
    {
        "am" or "are" or "be" or "'m" or "'re" => "is",
        "have" or "'ve" => "has",
        "were" => "was",
        "do" => "does",
        "go" => "goes",
        _ when baseForm.EndsWith('y') && baseForm.Length > 1 && !"aeiou".Contains(baseForm[^2], StringComparison.Ordinal) => baseForm[..^1] + "ies",
        _ when baseForm.EndsWith('s') || baseForm.EndsWith("sh", StringComparison.Ordinal) || baseForm.EndsWith("ch", StringComparison.Ordinal)
            || baseForm.EndsWith('x') || baseForm.EndsWith('z') => baseForm + "es",
        _ => baseForm + "s",
    };

    private static FrozenDictionary<string, string> Pairs(string list) => list
        .Split(", ")
        .Select(pair => pair.Split(' '))
        .DistinctBy(pair => pair[0])
        .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
