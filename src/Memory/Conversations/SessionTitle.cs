using System.Globalization;

namespace PersonalAi.Memory.Conversations;

/// <summary>Titles as one line.</summary>
internal static class SessionTitle
{
    private const int Longest = 60;

    /// <summary>The text on one line; empty where it has nothing to show.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim('\0');

    /// <summary>The first line of a prompt, cut between characters as people count them; null where it is empty.</summary>
    public static string? FromPrompt(string prompt)
    {
        var start = prompt.AsSpan().TrimStart();
        var end = start.IndexOfAny('\r', '\n');
        var line = OneLine((end < 0 ? start : start[..end]).ToString());
        var elements = new StringInfo(line);
        return line.Length == 0 ? null
            : elements.LengthInTextElements <= Longest ? line
            : elements.SubstringByTextElements(0, Longest - 1).TrimEnd() + "…";
    }
}
