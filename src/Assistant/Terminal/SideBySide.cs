namespace PersonalAi.Assistant.Terminal;

/// <summary>Writes two texts in two columns.</summary>
internal static class SideBySide
{
    private const int Column = 48;
    private const string Gap = " | ";

    /// <summary>The texts under their headings.</summary>
    public static string Of(string leftHeading, string left, string rightHeading, string right)
    {
        List<string> lefts = [.. Lines(leftHeading), new string('-', Column), .. Lines(left)];
        List<string> rights = [.. Lines(rightHeading), new string('-', Column), .. Lines(right)];
        return string.Join('\n', Enumerable.Range(0, Math.Max(lefts.Count, rights.Count))
            .Select(row => $"{lefts.ElementAtOrDefault(row) ?? "",-Column}{Gap}{rights.ElementAtOrDefault(row)}".TrimEnd()));
    }

    private static IEnumerable<string> Lines(string text) => TerminalText.Sanitize(text).Split('\n').SelectMany(Wrap);

    private static IEnumerable<string> Wrap(string line)
    {
        var rest = line.TrimEnd();
        while (rest.Length > Column)
        {
            var end = rest.LastIndexOf(' ', Column) is > 0 and var space ? space : char.IsHighSurrogate(rest[Column - 1]) ? Column - 1 : Column;
            yield return rest[..end];
            rest = rest[end..].TrimStart();
        }

        yield return rest;
    }
}
