using System.Collections.Immutable;

namespace PersonalAi.Memory.Facts.Writing.Language;

/// <summary>Cuts a text into sentences, and those into clauses, where a new subject, request or question begins.</summary>
internal static class Clauses
{
    private static readonly string[] Joints = ["and", "but", "so", "because", "although", "though", "or", "cos", "since", "while", "whereas", "yet"];
    private static readonly string[] QuestionWords = ["what", "which", "who", "how", "why", "where", "when", "is", "are", "do", "does", "can", "could", "should", "would", "will", "any"];
    private static readonly string[] Abbreviations = ["mr", "mrs", "ms", "dr", "prof", "st", "no", "e.g", "i.e", "vs", "etc"];

    public static IEnumerable<Clause> Of(string text, ImmutableArray<Word> words)
    {
        var start = 0;
        for (var at = 0; at <= words.Length; at++)
        {
            if (at < words.Length && !EndsSentence(text, words, at))
            {
                continue;
            }

            if (at > start)
            {
                var endMark = at < words.Length && words[at].IsMark ? words[at].Text[0] : '\0';
                foreach (var clause in Split(words[start..at], endMark).SelectMany(Asides.Unfold))
                {
                    yield return clause;
                }
            }

            // A line break is a boundary that is no word: the word behind it begins the next sentence.
            start = at < words.Length && words[at].IsMark && IsEnd(words[at]) ? at + 1 : at;
        }
    }

    private static bool IsEnd(Word word) => word.Text is "." or "!" or "?" or "…" or ";" or "\n";

    private static bool EndsSentence(string text, ImmutableArray<Word> words, int at) =>
        (IsEnd(words[at]) && !IsInnerStop(text, words, at))
        || (at > 0 && text.AsSpan(words[at - 1].End, words[at].Start - words[at - 1].End).Contains('\n'));

    private static bool IsInnerStop(string text, ImmutableArray<Word> words, int at) =>
        words[at].Text == "."
        && ((words[at].End < text.Length && !char.IsWhiteSpace(text[words[at].End]) && text[words[at].End] is not ('"' or '”' or '\'' or ')' or '.'))
            || (at > 0 && (Abbreviations.Contains(words[at - 1].Lower) || (words[at - 1].Text.Length == 1 && char.IsUpper(words[at - 1].Text[0]) && !words[at - 1].Is("i")))));

    private static IEnumerable<Clause> Split(ImmutableArray<Word> sentence, char endMark)
    {
        var start = 0;
        for (var at = 1; at <= sentence.Length; at++)
        {
            if (at < sentence.Length && !BeginsClause(sentence, at, endMark))
            {
                continue;
            }

            if (Trim(sentence[start..at]) is { IsEmpty: false } words)
            {
                yield return new Clause(words, sentence, endMark);
            }

            start = at;
        }
    }

    private static ImmutableArray<Word> Trim(ImmutableArray<Word> words)
    {
        var (first, last) = (0, words.Length);
        while (first < last && (words[first].IsMark || (Joints.Contains(words[first].Lower) && !words[first].Is("since"))))
        {
            first++;
        }

        while (last > first && (words[last - 1].IsMark || Joints.Contains(words[last - 1].Lower)))
        {
            last--;
        }

        return words[first..last];
    }

    // "Mention that I", "must say that I": the user's own words about themselves, whoever is to be told them.
    private static bool IsReported(ImmutableArray<Word> sentence, int at) =>
        sentence[at - 1].Is("that") && at >= 2 && sentence[at].IsAny("i", "my", "we") && at + 1 < sentence.Length
        && (sentence[at - 2].IsAny("mention", "say", "said", "add", "know", "state", "and") || (at >= 3 && sentence[at - 3].IsAny("tell", "inform")))
        && !sentence[..(at - 1)].Any(word => word.IsAny("he", "she", "they", "you", "if", "not", "n't", "story", "character"));

    // "The old Saab, is sold": what goes on behind an apposition asks nothing; "who lives in Porto" only where a question mark says so.
    private static bool IsAsked(ImmutableArray<Word> sentence, int at, char endMark) => sentence[at].Lower switch
    {
        "who" or "which" or "where" => endMark == '?',
        "is" or "are" or "do" or "does" or "will" => at + 1 < sentence.Length
            && sentence[at + 1].IsAny("i", "we", "it", "this", "that", "there", "my", "our", "the", "you", "he", "she", "they", "a", "an", "any"),
        _ => true,
    };

    // After a comma, a colon, a dash or a joint; the joint itself goes with what it begins and is trimmed there.
    private static bool BeginsClause(ImmutableArray<Word> sentence, int at, char endMark)
    {
        if (sentence[at - 1].Text is "–" or "—" or "(" or ")" or ":")
        {
            return true;
        }

        if (IsReported(sentence, at))
        {
            return true;
        }

        var afterComma = sentence[at - 1].Text is ",";
        var joint = Joints.Contains(sentence[at].Lower) && !sentence[at].Is("since");
        var begins = joint ? at + 1 : at;
        if (begins >= sentence.Length || !(afterComma || joint))
        {
            return false;
        }

        if (begins + 1 < sentence.Length && sentence[begins].IsAny("now", "then", "also", "today", "currently"))
        {
            begins++;
        }

        var word = sentence[begins];
        return Subjects.Begins(sentence, begins)
            || (afterComma && QuestionWords.Contains(word.Lower) && IsAsked(sentence, begins, endMark))
            || (joint && word.IsAny("shall", "will"))
            || (afterComma && (word.IsAny("wish", "bless", "hence", "mind", "you") || (word.Is("that") && begins + 2 < sentence.Length && sentence[begins + 2].Is("why"))))
            || (joint && sentence[at].Is("so") && !sentence[begins].IsAny("far", "much", "many"))
            || (afterComma && Verbs.IsRequest(word.Lower))
            || (sentence[at].Is("but") && afterComma);
    }
}
