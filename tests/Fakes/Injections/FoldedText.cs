namespace PersonalAi.Tests.Fakes.Injections;

/// <summary>The letters and digits of a text in lower case: what is left of it whatever cleaned, wrapped or escaped it.</summary>
internal readonly record struct FoldedText
{
    private readonly string _folded;

    public FoldedText(string text) => _folded = string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>Whether the other stands in this one.</summary>
    public bool Contains(FoldedText other) => _folded.Contains(other._folded, StringComparison.Ordinal);
}
