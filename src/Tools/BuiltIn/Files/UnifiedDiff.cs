using System.Text;
using DiffPlex;
using DiffPlex.Model;

namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>Writes what became of a text as a unified diff.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    // Comparing costs the product of what differs; what is longer is told by its length.
    private const int MostLines = 4_000;

    /// <summary>The diff, without the two lines that name the files; empty where both are the same.</summary>
    /// <param name="before">The old text.</param>
    /// <param name="after">The new text.</param>
    /// <param name="longest">How long it may be, in characters; then it is cut, and says so.</param>
    public static string Of(string before, string after, int longest)
    {
        (var from, var to) = (LinesOf(before), LinesOf(after));
        var same = CommonStart(from, to);
        var sameEnd = CommonEnd(from, to, same);
        (var old, var now) = (from[same..^sameEnd], to[same..^sameEnd]);
        if (old.Length + now.Length > MostLines)
        {
            return $"@@ {old.Length} lines from line {same + 1} on were replaced by {now.Length} @@";
        }

        var blocks = new Differ().CreateCustomDiffs(string.Concat(old), string.Concat(now), ignoreWhiteSpace: false, LinesOf).DiffBlocks;
        var diff = new StringBuilder();
        foreach (var hunk in HunksOf(blocks, same))
        {
            Write(diff, hunk, from, to);
        }

        return diff.Length <= longest ? diff.ToString().TrimEnd('\n') : $"{diff.ToString(0, longest).TrimEnd('\n')}\n[The rest of the diff is left out.]";
    }

    // Each with its end, so that a last line without one differs from the same line with it.
    private static string[] LinesOf(string text)
    {
        var lines = text.Split('\n').Select(line => line + '\n').ToArray();
        return text.Length == 0 ? [] : text[^1] == '\n' ? lines[..^1] : [.. lines[..^1], lines[^1][..^1]];
    }

    private static int CommonStart(string[] from, string[] to) => from.AsSpan().CommonPrefixLength(to);

    private static int CommonEnd(string[] from, string[] to, int same)
    {
        var end = 0;
        while (end < Math.Min(from.Length, to.Length) - same && from[^(end + 1)] == to[^(end + 1)])
        {
            end++;
        }

        return end;
    }

    // Changes whose context would touch are told together.
    private static List<List<DiffBlock>> HunksOf(IEnumerable<DiffBlock> blocks, int offset)
    {
        var hunks = new List<List<DiffBlock>>();
        foreach (var block in blocks.Select(block => new DiffBlock(block.DeleteStartA + offset, block.DeleteCountA, block.InsertStartB + offset, block.InsertCountB)))
        {
            if (hunks.Count > 0 && hunks[^1][^1] is var last && block.DeleteStartA - last.DeleteStartA - last.DeleteCountA <= 2 * Context)
            {
                hunks[^1].Add(block);
            }
            else
            {
                hunks.Add([block]);
            }
        }

        return hunks;
    }

    private static void Write(StringBuilder diff, List<DiffBlock> hunk, string[] from, string[] to)
    {
        (var first, var last) = (hunk[0], hunk[^1]);
        var lead = Math.Min(Context, first.DeleteStartA);
        var end = Math.Min(from.Length, last.DeleteStartA + last.DeleteCountA + Context);
        var trail = end - last.DeleteStartA - last.DeleteCountA;
        (var oldStart, var oldCount) = (first.DeleteStartA - lead, end - first.DeleteStartA + lead);
        (var newStart, var newCount) = (first.InsertStartB - lead, last.InsertStartB + last.InsertCountB + trail - first.InsertStartB + lead);
        diff.Append("@@ -").Append(Range(oldStart, oldCount)).Append(" +").Append(Range(newStart, newCount)).Append(" @@\n");
        var at = oldStart;
        foreach (var block in hunk)
        {
            Lines(' ', from, at, block.DeleteStartA);
            Lines('-', from, block.DeleteStartA, block.DeleteStartA + block.DeleteCountA);
            Lines('+', to, block.InsertStartB, block.InsertStartB + block.InsertCountB);
            at = block.DeleteStartA + block.DeleteCountA;
        }

        Lines(' ', from, at, end);

        void Lines(char mark, string[] lines, int start, int stop)
        {
            foreach (var line in lines[start..stop])
            {
                diff.Append(mark).Append(line).Append(line.EndsWith('\n') ? "" : "\n\\ No newline at end of file\n");
            }
        }
    }

    // Of nothing, the line before it is named.
    private static string Range(int start, int count) => count switch { 0 => $"{start},0", 1 => $"{start + 1}", _ => $"{start + 1},{count}" };
}
