namespace PersonalAi.Assistant.Privacy.Redaction;

/// <summary>What stands for a value in a packet.</summary>
/// <param name="Type">What the value is.</param>
/// <param name="Placeholder">What is sent: <c>[PERSON_1]</c>.</param>
/// <param name="Original">The value, which stays here.</param>
internal sealed record Replacement(string Type, string Placeholder, string Original);
