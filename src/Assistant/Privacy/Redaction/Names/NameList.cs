using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Names;

/// <summary>Names in a row: "Morrison, Rogers and Torres". They are all people, or all together one firm.</summary>
internal static class NameList
{
    /// <summary>The runs in their rows; most rows have one.</summary>
    public static IEnumerable<IReadOnlyList<NameRun>> Of(ReadText text, IReadOnlyList<NameRun> runs)
    {
        for (var first = 0; first < runs.Count;)
        {
            var end = first + 1;
            while (end < runs.Count && Joins(text, runs[end - 1].Last, runs[end].First))
            {
                end++;
            }

            yield return [.. runs.Skip(first).Take(end - first)];
            first = end;
        }
    }

    private static bool Joins(ReadText text, int last, int first) =>
        text[first].Lines == 0
        && (first == last + 2 && text[last + 1].Folded is "," or "and" or "&" or "or" || first == last + 3 && text[last + 1].Is(",") && text[last + 2].Folded is "and" or "or");
}
