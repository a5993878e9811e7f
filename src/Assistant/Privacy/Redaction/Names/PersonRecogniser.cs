using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Names;

/// <summary>Names of people: known ones, and unknown ones where the words around say so.</summary>
internal sealed class PersonRecogniser : Recogniser
{
    public override IEnumerable<SensitiveSpan> Find(ReadText text)
    {
        var evidence = new NameEvidence(text);
        var runs = NameRuns.Of(text).Select(run => Trim(text, run)).ToList();
        var names = NameList.Of(text, runs).SelectMany(list => NamesIn(text, list, evidence)).ToHashSet();

        // Who is named in full is meant by either part elsewhere, and who is named once by the same name.
        var parts = names.Where(run => run.Words.Count > 1 || text[run.Words[0]].Is(WordUse.Given)).SelectMany(run => run.Words).Select(at => text[at].Folded).ToHashSet(StringComparer.Ordinal);
        return runs
            .Where(run => names.Contains(run) || run.Words.Count > 0 && run.Words.All(at => parts.Contains(text[at].Folded) && (text[at].Lines == 0 || !text[at].Is(WordUse.Everyday))))
            .Select(run => text.Span(run.First, run.Last, SensitiveType.Person, Math.Clamp(0.5 + (evidence.Of(run) / 10), 0.5, 0.95)));
    }

    private static IEnumerable<NameRun> NamesIn(ReadText text, IReadOnlyList<NameRun> list, NameEvidence evidence)
    {
        if (list.Count > 1 && evidence.IsOrganisation(list[^1]) || IsFirm(text, list))
        {
            return [];
        }

        var names = list.Where(run => evidence.Of(run) >= NameEvidence.Enough).ToHashSet();
        if (list.Count == 2 && names.Count == 1)
        {
            // "Anna and Dzhambek": in company of one the other is likelier to be one too.
            return list.Where(run => evidence.Of(run) >= NameEvidence.Enough - 1);
        }

        return list.Count > 2 && names.Count * 2 >= list.Count ? list.Where(run => names.Contains(run) || run.Words.All(at => text[at].Is(WordUse.Name) && !text[at].Is(WordUse.Everyday))) : names;
    }

    // "Marshall, Hernandez and Simpson" on a line of their own.
    private static bool IsFirm(ReadText text, IReadOnlyList<NameRun> list) =>
        list.Count > 2 && list.All(run => run.Words.Count == 1) && text[list[^1].Last + 1].Lines > 0 && StartsLine(text, list[0].First);

    private static bool StartsLine(ReadText text, int at) => text[at].Lines > 0 || text[at - 1] is { Kind: TokenKind.Mark } mark && (mark.Lines > 0 || text[at - 2].Kind == TokenKind.Mark);

    // "Hello Anna", "Senator Anna Miller": words of English at the beginning that are no names are not of it.
    private static NameRun Trim(ReadText text, NameRun run)
    {
        var words = run.Words.SkipWhile(at => at < run.Words[^1] && text[at].Is(WordUse.Word) && !text[at].Is(WordUse.Name)).ToList();
        return words.Count == run.Words.Count ? run : run with { First = words[0], Words = words };
    }
}
