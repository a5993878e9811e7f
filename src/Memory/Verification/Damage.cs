namespace PersonalAi.Memory.Verification;

/// <summary>Something in the memory that should not be.</summary>
/// <param name="Check">The check that found it.</param>
/// <param name="Count">How many rows, or indexes, it concerns.</param>
/// <param name="Sentence">What it is.</param>
/// <param name="CanRepair">Whether it can be made good from what is stored.</param>
public sealed record Damage(string Check, long Count, string Sentence, bool CanRepair);
