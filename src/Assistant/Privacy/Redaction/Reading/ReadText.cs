namespace PersonalAi.Assistant.Privacy.Redaction.Reading;

/// <summary>A text and its tokens, as recognisers read it.</summary>
internal sealed class ReadText
{
    private readonly List<Token> _tokens;

    public ReadText(string text)
    {
        Text = text;
        _tokens = Tokenizer.Read(text);
        HasSmall = text.Any(char.IsLower);
        IsEnglish = 2 * _tokens.Count(token => token.Is(WordUse.Word)) >= _tokens.Count(token => token.IsWord);
        HasCapitals = _tokens.Exists(token => token.IsWord && token.Length > 1 && token.IsCapitalised);
    }

    public string Text { get; }

    /// <summary>Whether the writer uses small letters.</summary>
    public bool HasSmall { get; }

    public int Count => _tokens.Count;

    /// <summary>Whether the writer uses capitals at all: where not, nothing follows from a word having none.</summary>
    public bool HasCapitals { get; }

    /// <summary>Whether most of its words are English: of other languages, it is not known which words are none.</summary>
    public bool IsEnglish { get; }

    /// <summary>A token; <see cref="Token.None"/> before the first and after the last.</summary>
    public Token this[int index] => index >= 0 && index < _tokens.Count ? _tokens[index] : Token.None;

    /// <summary>From the start of one token to the end of another.</summary>
    public SensitiveSpan Span(int first, int last, string type, double score) => new(this[first].Start, this[last].End - this[first].Start, type, score);

    /// <summary>What stands before a place, on the same and earlier lines.</summary>
    public ReadOnlySpan<char> Before(int start, int length) => Text.AsSpan(Math.Max(0, start - length)..start);

    /// <summary>What stands behind a place.</summary>
    public ReadOnlySpan<char> After(int end, int length) => Text.AsSpan(end..Math.Min(Text.Length, end + length));
}
