namespace PersonalAi.Tools;

/// <summary>Cuts a result to what the model is given of it, and says so.</summary>
public static class CutText
{
    /// <summary>The beginning of a text, never ending within a character, and a line that tells of the cut.</summary>
    /// <param name="text">The text; longer than <paramref name="length"/>.</param>
    /// <param name="length">How much of it is given at most, in characters.</param>
    /// <param name="remark">What follows the numbers, with its punctuation: <c>; ask for a smaller part</c>.</param>
    public static string At(string text, int length, string remark)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return $"{text[..end]}\n[Cut here: {end} of {text.Length} characters are given{remark}.]";
    }
}
