using System.Text;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Forgetting;

/// <summary>Where a text was found.</summary>
/// <param name="Place">A file, relative to the folder that was searched, or a column of the database.</param>
/// <param name="Text">What was found there.</param>
/// <param name="Count">How often.</param>
public sealed record Trace(string Place, string Text, int Count);

/// <summary>What a search for traces looked at, and what it found.</summary>
/// <param name="Files">How many files were read.</param>
/// <param name="Bytes">How many bytes they have.</param>
/// <param name="Unread">Files that could not be read.</param>
/// <param name="Found">What was found in them.</param>
public sealed record TraceReport(int Files, long Bytes, IReadOnlyList<string> Unread, IReadOnlyList<Trace> Found);

/// <summary>Searches for texts where they could have been left: in the bytes of every file of a folder, and in every row of the database.</summary>
public sealed class TraceSearch(MemoryDatabase database)
{
    private const int Piece = 1 << 20;

    /// <summary>Reads every file below a folder and looks for the texts in UTF-8, as they are and in lower case.</summary>
    public static async Task<TraceReport> InFilesAsync(string folder, IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        var (files, bytes, unread, found) = (0, 0L, new List<string>(), new List<Trace>());
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, file);
            try
            {
                var (length, traces) = await InFileAsync(file, name, texts, cancellationToken);
                (files, bytes) = (files + 1, bytes + length);
                found.AddRange(traces);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile is as good as read.
                if (File.Exists(file))
                {
                    unread.Add(name);
                }
            }
        }

        return new TraceReport(files, bytes, unread, found);
    }

    /// <summary>Looks for the texts, in any case, in every column of text: what is kept for other reasons is told with its place.</summary>
    public Task<List<Trace>> InRowsAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) => database.ReadAsync(
        connection => connection.Query(
                """
                select tables.name as name, columns.name as column from pragma_table_list as tables join pragma_table_info(tables.name) as columns
                where tables.schema = 'main' and tables.type = 'table' and tables.name not like 'sqlite_%' and upper(columns.type) = 'TEXT'
                order by 1, 2
                """,
                row => (Table: row.GetString(0), Column: row.GetString(1)))
            .SelectMany(place => texts.Select(text => new Trace(
                $"{place.Table}.{place.Column}",
                text,
                (int)connection.Number($"select count(*) from \"{place.Table}\" where instr(lower(\"{place.Column}\"), lower($text)) > 0", ("$text", text)))))
            .Where(trace => trace.Count > 0)
            .ToList(),
        cancellationToken);

    private static async Task<(long Length, List<Trace> Found)> InFileAsync(string file, string name, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var needles = texts.Select(text => new[] { text, text.ToLowerInvariant() }.Distinct().Select(Encoding.UTF8.GetBytes).ToArray()).ToArray();
        var overlap = needles.SelectMany(forms => forms).Select(form => form.Length - 1).DefaultIfEmpty(0).Max();
        var counts = new int[needles.Length];
        var buffer = new byte[Piece + overlap];
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
        var (length, kept) = (0L, 0);
        while (await stream.ReadAsync(buffer.AsMemory(kept), cancellationToken) is > 0 and var read)
        {
            length += read;
            var filled = kept + read;
            for (var needle = 0; needle < needles.Length; needle++)
            {
                counts[needle] += needles[needle].Sum(form => Count(buffer.AsSpan(0, filled), form, from: kept));
            }

            var next = Math.Min(overlap, filled);
            buffer.AsSpan(filled - next, next).CopyTo(buffer);
            kept = next;
        }

        return (length, [.. texts.Zip(counts, (text, count) => new Trace(name, text, count)).Where(trace => trace.Count > 0)]);
    }

    // Those that end in what was newly read: the others were counted with the piece before.
    private static int Count(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> form, int from)
    {
        var (count, start) = (0, Math.Max(0, from - form.Length + 1));
        while (bytes[start..].IndexOf(form) is >= 0 and var found)
        {
            count++;
            start += found + 1;
        }

        return count;
    }
}
