namespace PersonalAi.Benchmarks.Peers;

/// <summary>A program did not give its figures.</summary>
internal sealed class PeerException(string message, Exception? innerException = null) : Exception(message, innerException);
