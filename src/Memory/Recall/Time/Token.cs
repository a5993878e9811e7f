namespace PersonalAi.Memory.Recall.Time;

/// <summary>A word, a run of digits, a Chinese character or a mark.</summary>
/// <param name="Text">As vocabularies spell it: lower case, without accents, digits and marks in ASCII; empty where it is too long for any.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends in the text.</param>
/// <param name="Number">What its digits say; -1 where it has none, or too many.</param>
/// <param name="IsGlued">Whether it follows the token before it without a space.</param>
internal readonly record struct Token(string Text, int Start, int End, int Number, bool IsGlued);
