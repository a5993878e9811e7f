namespace PersonalAi.Adapters.Llama.Text;

/// <summary>Lets text through up to the first stop sequence, and holds back whatever may still become one.</summary>
/// <param name="sequences">The texts that end an answer; they are never let through, not even in part.</param>
internal sealed class StopSequences(IReadOnlyList<string> sequences)
{
    private string _held = "";

    /// <summary>Whether a stop sequence was met: nothing is let through from then on.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Takes the next piece and gives what can be shown now.</summary>
    public string Push(string piece)
    {
        if (Stopped)
        {
            return "";
        }

        var text = _held + piece;
        if (FirstStop(text) is { } stop)
        {
            Stopped = true;
            _held = "";
            return text[..stop];
        }

        var safe = text.Length - LongestOpenMatch(text);
        _held = text[safe..];
        return text[..safe];
    }

    /// <summary>Gives what was held back, once no more text will come.</summary>
    public string Flush()
    {
        var rest = _held;
        _held = "";
        return rest;
    }

    private int? FirstStop(string text)
    {
        int? first = null;
        foreach (var sequence in sequences)
        {
            var at = text.IndexOf(sequence, StringComparison.Ordinal);
            if (at >= 0 && (first is null || at < first))
            {
                first = at;
            }
        }

        return first;
    }

    // The longest end of the text that begins a stop sequence.
    private int LongestOpenMatch(string text)
    {
        var longest = sequences.Count == 0 ? 0 : Math.Min(text.Length, sequences.Max(sequence => sequence.Length) - 1);
        for (var length = longest; length > 0; length--)
        {
            var end = text.AsSpan(text.Length - length);
            foreach (var sequence in sequences)
            {
                if (sequence.AsSpan().StartsWith(end, StringComparison.Ordinal))
                {
                    return length;
                }
            }
        }

        return 0;
    }
}
