namespace PersonalAi.Memory.Facts.Writing.Language;

/// <summary>A word, a number or a mark of a text. A contraction is two words: "don't" is "do" and "n't".</summary>
/// <param name="Start">Its first character in the text.</param>
/// <param name="Text">As it stands there.</param>
/// <param name="Lower">In lower case, its apostrophe straight; "ca" and "wo" of "can't" and "won't" are "can" and "will".</param>
internal readonly record struct Word(int Start, string Text, string Lower)
{
    public int End => Start + Text.Length;

    public bool IsNumber => char.IsAsciiDigit(Text[0]) || NumberWords.IsNumber(Lower);

    public bool IsMark => !char.IsLetterOrDigit(Text[0]) && Text.Length == 1;

    public bool IsCapitalised => char.IsUpper(Text[0]);

    public bool Is(string word) => Lower == word;

    public bool IsAny(params ReadOnlySpan<string> words) => words.Contains(Lower);

    public override string ToString() => Text;
}
