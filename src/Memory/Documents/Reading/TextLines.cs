using System.Buffers;
using System.Collections.Immutable;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Splits a text into lines as editors count them: after a line feed, a carriage return, or both.</summary>
internal static class TextLines
{
    private static readonly SearchValues<char> Ends = SearchValues.Create("\r\n");

    /// <summary>The lines, numbered from 1, without an empty one after the last end of line.</summary>
    public static ImmutableArray<SourceLine> Split(string text)
    {
        var lines = ImmutableArray.CreateBuilder<SourceLine>();
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var length = rest.IndexOfAny(Ends);
            if (length < 0)
            {
                lines.Add(new(lines.Count + 1, rest.ToString()));
                break;
            }

            lines.Add(new(lines.Count + 1, rest[..length].ToString()));
            rest = rest[(length + (rest[length..].StartsWith("\r\n") ? 2 : 1))..];
        }

        return lines.ToImmutable();
    }

    /// <summary>Where each line of the text begins.</summary>
    public static int[] Starts(string text)
    {
        List<int> starts = [0];
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\n' || (text[index] == '\r' && (index + 1 == text.Length || text[index + 1] != '\n')))
            {
                starts.Add(index + 1);
            }
        }

        return [.. starts];
    }

    /// <summary>The index of the line that holds the character.</summary>
    public static int IndexAt(int[] starts, int position)
    {
        var found = Array.BinarySearch(starts, position);
        return found >= 0 ? found : ~found - 1;
    }
}
