namespace PersonalAi.Assistant.Privacy.Redaction.Reading;

/// <summary>A word, a number or a mark of a text.</summary>
/// <param name="Start">The first character, in UTF-16 units.</param>
/// <param name="Length">How many characters.</param>
/// <param name="Kind">What it is made of.</param>
/// <param name="Folded">Lower case without accents.</param>
/// <param name="Lines">How many lines end between the token before and this one.</param>
/// <param name="IsSpaced">Whether white space stands before it.</param>
internal sealed record Token(int Start, int Length, TokenKind Kind, string Folded, int Lines, bool IsSpaced)
{
    /// <summary>What stands at both ends of a text.</summary>
    public static Token None { get; } = new(0, 0, TokenKind.Mark, "", Lines: 2, IsSpaced: true);

    public int End => Start + Length;

    public bool IsWord => Kind == TokenKind.Word;

    public bool IsNumber => Kind == TokenKind.Number;

    /// <summary>Whether its first letter is upper case, or of a script that knows no case.</summary>
    public bool IsCapitalised { get; init; }

    /// <summary>What the lexicon knows of the word.</summary>
    public WordUse Use { get; init; }

    public bool Is(string folded) => Folded == folded;

    public bool Is(WordUse use) => (Use & use) != 0;
}
