using System.Collections.Immutable;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Lines under one heading path.</summary>
/// <param name="Start">The index of the first line.</param>
/// <param name="End">The index after the last line.</param>
/// <param name="Apart">Whether it shares no chunk with what stands before it.</param>
/// <param name="Path">The titles above it and its own, outermost first.</param>
internal sealed record SectionSpan(int Start, int End, bool Apart, ImmutableArray<string> Path)
{
    /// <summary>The whole document as spans without gaps.</summary>
    public static IEnumerable<SectionSpan> Of(ReadDocument document)
    {
        var sections = document.Sections;
        yield return new(0, sections.IsEmpty ? document.Lines.Length : sections[0].Start, Apart: true, []);

        var open = new Stack<Section>();
        for (var index = 0; index < sections.Length; index++)
        {
            var section = sections[index];
            while (open.TryPeek(out var above) && above.Level >= section.Level)
            {
                open.Pop();
            }

            open.Push(section);
            var end = index + 1 < sections.Length ? sections[index + 1].Start : document.Lines.Length;
            yield return new(section.Start, end, section.Level == 0, [.. open.Reverse().Select(part => part.Title).Where(title => title.Length > 0)]);
        }
    }
}
