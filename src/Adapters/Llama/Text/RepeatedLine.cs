namespace PersonalAi.Adapters.Llama.Text;

/// <summary>
/// Ends an answer at a line that says again, word for word, what an earlier one said, and leaves it out: a small model that has made all
/// its calls makes them once more.
/// </summary>
/// <param name="prefix">What such lines begin with; null lets everything through.</param>
internal sealed class RepeatedLine(string? prefix)
{
    private readonly HashSet<string> _earlier = [];
    private string _line = "";
    private string _held = "";

    /// <summary>Whether a line was repeated: nothing is let through from then on.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Takes the next piece and gives what can be shown now.</summary>
    public string Push(string piece) => prefix is null ? piece : string.Concat(piece.Select(Push));

    /// <summary>Gives what was held back, once no more text will come.</summary>
    public string Flush()
    {
        var rest = Stopped ? "" : _held;
        _held = "";
        return rest;
    }

    private string Push(char character)
    {
        if (Stopped)
        {
            return "";
        }

        if (character == '\n')
        {
            if (_line.StartsWith(prefix!, StringComparison.Ordinal))
            {
                _earlier.Add(_line);
            }

            _line = "";
            return Flush() + character;
        }

        _line += character;
        _held += character;
        Stopped = _earlier.Contains(_line);
        return Stopped || _earlier.Any(line => line.StartsWith(_line, StringComparison.Ordinal)) ? "" : Flush();
    }
}
