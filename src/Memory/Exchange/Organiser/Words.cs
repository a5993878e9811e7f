using PersonalAi.Memory.Conversations;

namespace PersonalAi.Memory.Exchange.Organiser;

/// <summary>Texts of calendars and address books, fit for a sentence.</summary>
internal static class Words
{
    /// <summary>The text on one line, cut where it is longer.</summary>
    public static string Short(string text, int longest)
    {
        var line = SessionTitle.OneLine(text);
        return line.Length <= longest ? line : line[..(char.IsHighSurrogate(line[longest - 2]) ? longest - 2 : longest - 1)] + "…";
    }
}
