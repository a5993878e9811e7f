namespace PersonalAi.Assistant;

/// <summary>Something needed the user's word, and it was refused or could not be had.</summary>
/// <param name="message">What was to be done, and how to allow it: one sentence with a full stop.</param>
internal sealed class DeniedException(string message) : Exception(message);
