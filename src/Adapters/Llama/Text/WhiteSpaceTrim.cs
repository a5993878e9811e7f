namespace PersonalAi.Adapters.Llama.Text;

/// <summary>
/// Takes the white space off both ends of an answer while it streams: models put a space before their first word and line breaks
/// after their last one.
/// </summary>
internal sealed class WhiteSpaceTrim
{
    private string _held = "";
    private bool _begun;

    /// <summary>Takes the next piece and gives what is surely inside the answer.</summary>
    public string Next(string piece)
    {
        var text = _held + (_begun ? piece : piece.TrimStart());
        var inside = text.TrimEnd();
        _begun |= inside.Length > 0;
        _held = text[inside.Length..];
        return inside;
    }
}
