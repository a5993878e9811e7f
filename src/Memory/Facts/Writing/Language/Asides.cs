using System.Collections.Immutable;

namespace PersonalAi.Memory.Facts.Writing.Language;

/// <summary>
/// Unfolds what is told in passing into clauses of its own: "my sister Anna, who lives in Porto, is here" says that she lives
/// there, and "being a nurse, I ..." that the user is one. Words that are left out, "I" and "is", stand where their place is.
/// </summary>
internal static class Asides
{
    private const int LongestNoun = 5;

    /// <summary>The clause, and before it what is told in it in passing.</summary>
    public static IEnumerable<Clause> Unfold(Clause clause)
    {
        if (Opening(clause) is { } opening)
        {
            yield return opening.Aside;
            if (!opening.Main.Words.IsEmpty)
            {
                yield return opening.Main;
            }
        }
        else if (Inserted(clause) is { } inserted)
        {
            yield return inserted.Aside;
            if (inserted.Main is { } main)
            {
                yield return main;
            }
        }
        else
        {
            yield return clause;
        }
    }

    // "Being a nurse, I", "as a nurse, I", "living in Leeds, I", "as the mother of twins, I".
    private static (Clause Aside, Clause Main)? Opening(Clause clause)
    {
        var words = clause.Sentence;
        var start = words.IndexOf(clause.Words[0]);
        var comma = start;
        while (comma < words.Length && words[comma].Text != ",")
        {
            comma++;
        }

        if (comma + 1 >= words.Length || comma < start + 2 || comma > start + clause.Words.Length || !words[comma + 1].IsAny("i", "my"))
        {
            return null;
        }

        var opens = words[start];
        var said = opens.Lower switch
        {
            "being" => words[(start + 1)..comma],
            "as" when words[start + 1].IsAny("a", "an") && words[start..comma].Any(IsRole) => words[(start + 1)..comma],
            "living" or "working" or "studying" when words[start + 1].IsAny("in", "at", "as", "for", "with") => [opens with { Text = opens.Lower }, .. words[(start + 1)..comma]],
            _ => [],
        };
        return said.IsEmpty
            ? null
            : (clause with { Words = [new Word(opens.Start, "I", "i"), new Word(opens.Start, "am", "am"), .. said] },
                clause with { Words = clause.Words.Length > comma + 1 - start ? clause.Words[(comma + 1 - start)..] : [] });
    }

    private static bool IsRole(Word word) => Trades.Are(word) || word.IsAny("mother", "father", "parent", "student", "vegan", "vegetarian", "beginner", "farmer", "pensioner", "freelancer", "mum", "dad");

    // "My sister Anna, who lives in Porto, ..." and "my sister Anna, a nurse, ...".
    private static (Clause Aside, Clause? Main)? Inserted(Clause clause)
    {
        var words = clause.Words;
        for (var at = 0; at + 3 < words.Length; at++)
        {
            if (words[at].IsAny("my", "our") && NounEnd(words, at) is { } end && end + 2 < words.Length && Predicate(words, end) is { IsEmpty: false } predicate)
            {
                var close = Math.Min(words.Length, words.IndexOf(predicate[^1]) + 1);
                var rest = close < words.Length && words[close].Is(",") ? words[(close + 1)..] : words[close..];
                ImmutableArray<Word> main = [.. words[..end], .. rest];
                return (clause with { Words = [.. words[at..end], .. predicate] }, main.Length > end - at && (at > 0 || !rest.IsEmpty) ? clause with { Words = main } : null);
            }
        }

        return null;
    }

    // Behind the noun for a person, and the name.
    private static int? NounEnd(ImmutableArray<Word> words, int at)
    {
        for (var noun = at + 1; noun < Math.Min(at + LongestNoun, words.Length); noun++)
        {
            if (Nouns.People.Contains(words[noun].Lower))
            {
                return noun + 1 < words.Length && words[noun + 1].IsCapitalised && !words[noun + 1].Is("i") ? noun + 2 : noun + 1;
            }
        }

        return null;
    }

    private static ImmutableArray<Word> Predicate(ImmutableArray<Word> words, int end)
    {
        var comma = words[end].Text == ",";
        var at = comma ? end + 1 : end;
        if (words[at].Is("who") && at + 2 < words.Length && !Subjects.Begins(words, at + 1))
        {
            return UpToComma(words, at + 1);
        }

        var apposition = comma && words[at].IsAny("a", "an") ? UpToComma(words, at) : [];
        return apposition.IsEmpty || apposition.Any(word => Verbs.IsFinite(word.Lower)) ? [] : [new Word(words[end].Start + 1, "is", "is"), .. apposition];
    }

    private static ImmutableArray<Word> UpToComma(ImmutableArray<Word> words, int at)
    {
        var end = at;
        while (end < words.Length && words[end].Text != ",")
        {
            end++;
        }

        return words[at..end];
    }
}
