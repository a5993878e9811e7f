namespace PersonalAi.Adapters.Frontier.Answers;

/// <summary>What a server sent is not what its API says; only inside this folder.</summary>
/// <param name="what">What it sent, after "answered with".</param>
internal sealed class MalformedAnswerException(string what) : Exception(what);
