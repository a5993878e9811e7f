using PersonalAi.Assistant.Privacy.Redaction;

namespace PersonalAi.Assistant.Bench.Redaction;

/// <summary>Counts labels that were found and spans that are right, of one type.</summary>
internal sealed class RedactionTally
{
    public int Labels { get; private set; }

    /// <summary>Labels of which spans of that type cover at least half of the characters.</summary>
    public int Found { get; private set; }

    /// <summary>Labels that a span of that type covers from the first character to the last, and nothing more.</summary>
    public int FoundExactly { get; private set; }

    /// <summary>Labels of which spans of any type cover all characters.</summary>
    public int Covered { get; private set; }

    public int Spans { get; private set; }

    /// <summary>Spans that cover at least half of a label of that type, or lie in it with at least half of their own characters.</summary>
    public int Right { get; private set; }

    /// <summary>Spans that are right or overlap a label of another type.</summary>
    public int RightOfAnyType { get; private set; }

    /// <summary>The label that a span's type answers to.</summary>
    public static string LabelFor(string type) => type == SensitiveType.BirthDate ? "DATE_TIME" : type;

    public void AddLabel(Label label, IReadOnlyList<SensitiveSpan> spans)
    {
        var same = spans.Where(span => LabelFor(span.Type) == label.Type);
        Labels++;
        Found += same.Sum(span => Overlap(span, label)) * 2 >= label.Length ? 1 : 0;
        FoundExactly += same.Any(span => span.Start == label.Start && span.Length == label.Length) ? 1 : 0;
        Covered += spans.Sum(span => Overlap(span, label)) == label.Length ? 1 : 0;
    }

    public void AddSpan(SensitiveSpan span, IEnumerable<Label> labels)
    {
        var overlapping = labels.Where(label => Overlap(span, label) > 0).ToList();
        var same = overlapping.Where(label => label.Type == LabelFor(span.Type)).ToList();
        var isRight = same.Exists(label => Overlap(span, label) * 2 >= label.Length) || same.Sum(label => Overlap(span, label)) * 2 >= span.Length && same.Count > 0;
        Spans++;
        Right += isRight ? 1 : 0;
        RightOfAnyType += overlapping.Count > 0 ? 1 : 0;
    }

    private static int Overlap(SensitiveSpan span, Label label) =>
        Math.Max(0, Math.Min(span.End, label.Start + label.Length) - Math.Max(span.Start, label.Start));
}
