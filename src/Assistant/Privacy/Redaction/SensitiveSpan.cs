namespace PersonalAi.Assistant.Privacy.Redaction;

/// <summary>A part of a text that should not leave the machine.</summary>
/// <param name="Start">The first character, in UTF-16 units.</param>
/// <param name="Length">How many characters.</param>
/// <param name="Type">What it is, one of <see cref="SensitiveType"/>.</param>
/// <param name="Score">How sure that is, from 0 to 1.</param>
internal sealed record SensitiveSpan(int Start, int Length, string Type, double Score)
{
    /// <summary>The character after the last.</summary>
    public int End => Start + Length;
}
