using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Names;

/// <summary>Cuts a text into what could be names of people: words with a capital, or, where nothing has one, words that are none of English.</summary>
internal static class NameRuns
{
    // Longer ones are headings.
    private const int MostWords = 5;

    public static IEnumerable<NameRun> Of(ReadText text)
    {
        for (var at = 0; at < text.Count;)
        {
            if (!CanBegin(text, at))
            {
                at++;
                continue;
            }

            var run = RunAt(text, at);
            at = run.Last + 1;
            if (run.Words.Count <= MostWords)
            {
                yield return run;
            }
        }
    }

    private static NameRun RunAt(ReadText text, int first)
    {
        var (last, at, hasInitial, hasParticle) = (first, first + 1, IsInitial(text, first), false);
        List<int> words = hasInitial ? [] : [first];
        at = SkipStop(text, at, hasInitial);
        while (text[at].Lines == 0)
        {
            if (IsInitial(text, at))
            {
                hasInitial = true;
                last = at;
                at = SkipStop(text, at + 1, afterInitial: true);
            }
            else if (CanBegin(text, at))
            {
                words.Add(at);
                last = at++;
            }
            else if (Particle(text, at) is { } next)
            {
                (at, hasParticle) = (next, true);
            }
            else
            {
                break;
            }
        }

        // An initial ends no name: "Plan B", "vitamin D".
        while (last > first && IsInitial(text, last))
        {
            last--;
            while (last > first && !text[last].IsWord)
            {
                last--;
            }
        }

        return new NameRun(first, last, words, hasInitial, hasParticle);
    }

    private static bool CanBegin(ReadText text, int at)
    {
        var token = text[at];
        return token.IsWord
            && (token.IsCapitalised || !text.HasCapitals && !token.Is(WordUse.Everyday) && (token.Is(WordUse.Name) || text.IsEnglish && !token.Is(WordUse.Word)))
            && (token.Length > 1 || token.IsCapitalised && at + 1 < text.Count && text[at + 1].Is(".") && IsWordAfterInitial(text, at + 2))
            && !NameWords.Grammar.Contains(token.Folded)
            && !NameWords.Titles.Contains(token.Folded)
            && NameShape.IsPlain(text, token)
            && !NameShape.IsAbbreviation(text, token);
    }

    private static bool IsWordAfterInitial(ReadText text, int at) => text[at] is { IsWord: true, IsCapitalised: true, Lines: 0, Length: > 1 };

    private static bool IsInitial(ReadText text, int at) => text[at] is { IsWord: true, Length: 1 } && (text[at].IsCapitalised || !text.HasCapitals && !text[at].Is("a")) && !(text[at].Is("i") && !text[at + 1].Is("."));

    private static int SkipStop(ReadText text, int at, bool afterInitial) => afterInitial && text[at] is { Folded: ".", IsSpaced: false } ? at + 1 : at;

    // Up to two small words, and a name behind them.
    private static int? Particle(ReadText text, int at)
    {
        var next = at;
        while (next - at < 2 && text[next].Lines == 0 && NameWords.Particles.Contains(text[next].Folded))
        {
            next++;
        }

        return next > at && text[next] is { Lines: 0, IsCapitalised: true } && CanBegin(text, next) ? next : null;
    }
}
