using System.Buffers;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>Where a text can be cut without hurting it much; the parts put together are the text again.</summary>
internal static class Sentences
{
    private static readonly SearchValues<char> Stops = SearchValues.Create(".!?\u2026\u3002\uFF01\uFF1F");
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\u00A0\u3000");

    /// <summary>Whether a sentence ends with the line.</summary>
    public static bool EndWith(string line)
    {
        var text = line.AsSpan().TrimEnd().TrimEnd("\"')]*_\u201D\u2019\u00BB");
        return !text.IsEmpty && Stops.Contains(text[^1]);
    }

    /// <summary>The sentences, each with the blanks that follow it.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var start = 0;
        var index = 0;
        while (index < text.Length)
        {
            var stop = text.AsSpan(index).IndexOfAny(Stops);
            if (stop < 0)
            {
                break;
            }

            index += stop + 1;
            var ideographic = text[index - 1] >= '\u3002';
            while (index < text.Length && (Stops.Contains(text[index]) || text[index] is '"' or '\'' or ')' or ']' or '\u201D' or '\u2019' or '\u00BB'))
            {
                index++;
            }

            if (index == text.Length || ideographic || Blanks.Contains(text[index]))
            {
                index = SkipBlanks(text, index, text.Length);
                yield return text[start..index];
                start = index;
            }
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }

    /// <summary>The words, each with the blanks that follow it; a longer one in parts.</summary>
    /// <param name="text">A sentence.</param>
    /// <param name="longest">The most characters of one part.</param>
    public static IEnumerable<string> Words(string text, int longest)
    {
        var start = 0;
        while (start < text.Length)
        {
            var length = text.AsSpan(start, Math.Min(longest, text.Length - start)).IndexOfAny(Blanks);
            var end = length < 0 ? Math.Min(text.Length, start + longest) : SkipBlanks(text, start + length, Math.Min(text.Length, start + longest));
            if (end < text.Length && char.IsLowSurrogate(text[end]) && end - start > 1)
            {
                end--;
            }

            yield return text[start..end];
            start = end;
        }
    }

    private static int SkipBlanks(string text, int index, int limit)
    {
        while (index < limit && Blanks.Contains(text[index]))
        {
            index++;
        }

        return index;
    }
}
