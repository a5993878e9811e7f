namespace PersonalAi.Assistant.Terminal;

/// <summary>Writes rows in aligned columns, two spaces apart, the same on a terminal and in a pipe.</summary>
internal static class TextTable
{
    /// <param name="output">Where the rows go.</param>
    /// <param name="rows">The heading first; every row as long as the first.</param>
    public static void WriteTable(this TextWriter output, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
