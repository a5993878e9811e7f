using System.Globalization;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Names a place in a file so that a person finds it.</summary>
internal static class Citation
{
    /// <summary>For example 'trip.md:120-134', 'report.pdf p. 3', 'letter.docx paragraph 7', 'archive.mbox message 12'.</summary>
    public static string Of(string name, LineUnit unit, int first, int last)
    {
        var start = first.ToString(CultureInfo.InvariantCulture);
        var range = first == last ? start : string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");
        var plural = first == last ? "" : "s";
        return unit switch
        {
            LineUnit.Page => $"{name} p. {range}",
            LineUnit.Paragraph => $"{name} paragraph{plural} {range}",
            LineUnit.Message => $"{name} message{plural} {range}",
            _ => $"{name}:{range}",
        };
    }
}
