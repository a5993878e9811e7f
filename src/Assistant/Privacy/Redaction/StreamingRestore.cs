namespace PersonalAi.Assistant.Privacy.Redaction;

/// <summary>Puts values back into an answer that comes in pieces; what could be the beginning of a placeholder waits for the next piece.</summary>
/// <param name="placeholders">Knows the values.</param>
internal sealed class StreamingRestore(Placeholders placeholders)
{
    private string _waiting = "";

    /// <summary>What can be shown after this piece.</summary>
    public string Append(string delta)
    {
        var text = _waiting + delta;
        var end = Placeholder.StartOfUnfinished(text);
        _waiting = text[end..];
        return placeholders.Restore(text[..end]);
    }

    /// <summary>The rest, when the answer has ended.</summary>
    public string End()
    {
        var rest = placeholders.Restore(_waiting);
        _waiting = "";
        return rest;
    }
}
