namespace PersonalAi.Assistant.Privacy.Redaction;

/// <summary>Decides which of several spans over the same place holds: the longest, then the surest.</summary>
internal static class SpanChoice
{
    /// <summary>Spans that do not overlap, in the order of the text. What of a shorter one lies outside of a longer is kept: it is as sensitive as before.</summary>
    public static IReadOnlyList<SensitiveSpan> Choose(string text, IEnumerable<SensitiveSpan> spans)
    {
        var taken = new bool[text.Length];
        var chosen = new List<SensitiveSpan>();
        foreach (var span in spans.OrderByDescending(span => span.Length).ThenByDescending(span => span.Score).ThenBy(span => span.Start).ThenBy(span => span.Type, StringComparer.Ordinal))
        {
            chosen.AddRange(Free(taken, span).Select(part => Trim(text, part)).Where(part => part.Length > 0));
            taken.AsSpan(span.Start, span.Length).Fill(true);
        }

        return [.. chosen.OrderBy(span => span.Start)];
    }

    // The parts of a span that no other has taken.
    private static IEnumerable<SensitiveSpan> Free(bool[] taken, SensitiveSpan span)
    {
        for (var at = span.Start; at < span.End; at++)
        {
            var start = at;
            while (at < span.End && !taken[at])
            {
                at++;
            }

            if (at > start)
            {
                yield return span with { Start = start, Length = at - start };
            }
        }
    }

    // Without white space at its ends; marks alone tell nothing.
    private static SensitiveSpan Trim(string text, SensitiveSpan span)
    {
        var (start, end) = (span.Start, span.End);
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return text.AsSpan(start..end).IndexOfAnyLetterOrDigit() < 0 ? span with { Length = 0 } : span with { Start = start, Length = end - start };
    }

    private static int IndexOfAnyLetterOrDigit(this ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsLetterOrDigit(text[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
