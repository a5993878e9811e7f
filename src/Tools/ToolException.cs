namespace PersonalAi.Tools;

/// <summary>A tool could not do what it was asked for; the message is for the model, and may leave the machine.</summary>
/// <param name="message">What failed and what to do, without secrets and without paths beyond those of the call.</param>
/// <param name="innerException">What it was caused by.</param>
public sealed class ToolException(string message, Exception? innerException = null) : Exception(message, innerException);
