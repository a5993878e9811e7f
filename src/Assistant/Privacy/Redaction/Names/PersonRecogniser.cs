using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Names;

/// <summary>Names of people: known ones, and unknown ones where the words around say so.</summary>
internal sealed class PersonRecogniser : Recogniser
{
    public override IEnumerable<SensitiveSpan> Find(ReadText text)
    {
        var evidence = new NameEvidence(text);
        var runs = NameRuns.Of(text).Select(run => Trim(text, run)).Where(run => run.Words.Count > 0 || run.HasInitial).ToList();
        var names = runs.Where(run => evidence.Of(run) >= NameEvidence.Enough).ToHashSet();

        // Who is named in full is meant by either part elsewhere.
        var parts = names.SelectMany(run => run.Words).Select(at => text[at]).Where(word => !word.Is(WordUse.Everyday)).Select(word => word.Folded).ToHashSet(StringComparer.Ordinal);
        return runs
            .Where(run => names.Contains(run) || run.Words.Count > 0 && run.Words.All(at => parts.Contains(text[at].Folded)))
            .Select(run => text.Span(run.First, run.Last, SensitiveType.Person, Math.Min(0.95, 0.5 + (evidence.Of(run) / 10))));
    }

    // "Hello Anna", "Senator Anna Miller": words of English at the beginning that are no names are not of it.
    private static NameRun Trim(ReadText text, NameRun run)
    {
        var words = run.Words.SkipWhile(at => at < run.Words[^1] && text[at].Is(WordUse.Word) && !text[at].Is(WordUse.Name)).ToList();
        return words.Count == run.Words.Count ? run : run with { First = words[0], Words = words };
    }
}
