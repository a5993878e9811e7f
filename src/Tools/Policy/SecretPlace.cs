namespace PersonalAi.Tools.Policy;

/// <summary>Where a secret stands in a text.</summary>
/// <param name="Start">The first character, in UTF-16 units.</param>
/// <param name="Length">How many characters.</param>
/// <param name="Kind">What it is, in words: <c>an API key</c>.</param>
public readonly record struct SecretPlace(int Start, int Length, string Kind);
