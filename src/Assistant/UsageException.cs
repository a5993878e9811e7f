namespace PersonalAi.Assistant;

/// <summary>What the user wrote, on the command line or in a file, cannot be used as it is.</summary>
/// <param name="message">What is wrong, the value in quotes, and what is allowed: one sentence with a full stop.</param>
/// <param name="innerException">The error this one was translated from.</param>
internal sealed class UsageException(string message, Exception? innerException = null) : Exception(message, innerException);
