using System.Globalization;
using PersonalAi.Memory.Recall.Arms;

namespace PersonalAi.Assistant.Terminal;

/// <summary>A part of a long text, from where it first says what was searched for.</summary>
internal static class Excerpt
{
    private const int Longest = 160;
    private const int Before = 40;

    /// <param name="text">One line.</param>
    /// <param name="query">What was searched for.</param>
    public static string Of(string text, string query)
    {
        if (text.Length <= Longest)
        {
            return text;
        }

        var found = WordArm.WordsOf(query).Select(word => CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, word, CompareOptions.IgnoreCase)).Where(place => place >= 0);
        var start = Math.Clamp(found.DefaultIfEmpty(0).Min() - Before, 0, text.Length - Longest);

        // From the beginning of a word, where one is near.
        var space = start == 0 ? -1 : text.IndexOf(' ', start, Before);
        start = space < 0 ? start : space + 1;
        var end = Math.Min(text.Length, start + Longest);
        end = end < text.Length && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
        return $"{(start > 0 ? "… " : "")}{text[start..end].Trim()}{(end < text.Length ? " …" : "")}";
    }
}
