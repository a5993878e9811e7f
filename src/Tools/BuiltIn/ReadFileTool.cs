using System.ComponentModel;
using System.Text;
using PersonalAi.Tools.BuiltIn.Files;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Reads a text file, or some lines of it.</summary>
internal static class ReadFileTool
{
    private const int LongestLine = 2_000;

    // Of larger files the rest is not read only to count its lines.
    private const long LargestCounted = 64_000_000;

    /// <summary>The tool.</summary>
    /// <param name="roots">The folders that the user granted.</param>
    public static Tool Create(GrantedRoots roots)
    {
        return FileTool.Reading(roots, ToolFunction.Create("read_file", "Reads a text file.", ReadAsync), "path", "file") with
        {
            Examples = ["open notes.txt", "what does this file say", "read the file report.md and summarise it"],
        };

        Task<string> ReadAsync(
            string path,
            [Description("first line to read")] int from_line = 1,
            [Description("how many lines")] int lines = 200,
            CancellationToken cancellationToken = default) =>
            Task.Run(() => Read(FileTool.ResolveForReading(roots, path), Math.Max(1, from_line), Math.Max(1, lines), cancellationToken), cancellationToken);
    }

    private static string Read(GrantedPath path, int first, int count, CancellationToken cancellationToken)
    {
        (var opened, var size) = TextLines.Open(path, LongestLine);
        using var lines = opened ?? throw new ToolException($"'{path.Shown}' is binary ({ByteSize.Of(size)}): only text can be read.");
        var text = new StringBuilder();
        var at = 0;
        var last = 0;
        while ((last == 0 || size <= LargestCounted) && lines.Next() is { } line)
        {
            cancellationToken.ThrowIfCancellationRequested();
            at++;
            if (at < first || last > 0)
            {
                continue;
            }

            if (at - first == count || text.Length + line.Length + 1 > FileTool.LongestResult)
            {
                last = at - 1;
                continue;
            }

            text.Append(line).Append('\n');
        }

        return text.Length == 0 ? Nothing(path, first, at) : Told(text, first, last == 0 ? at : last, at, size);
    }

    private static string Nothing(GrantedPath path, int first, int total) =>
        total == 0 ? $"'{path.Shown}' is empty." : throw new ToolException($"'{path.Shown}' has {total} lines: line {first} is beyond its end.");

    private static string Told(StringBuilder text, int first, int last, int total, long size)
    {
        if (first == 1 && last == total)
        {
            return text.ToString(0, text.Length - 1);
        }

        var whole = size <= LargestCounted ? $"{total} lines" : $"a file of {ByteSize.Of(size)}";
        return $"{text}[Lines {first} to {last} of {whole}{(last < total ? $"; from_line {last + 1} goes on" : "")}.]";
    }
}
