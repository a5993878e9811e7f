using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Memory.Recall;

/// <summary>A passage that was recalled.</summary>
/// <param name="Passage">What it says and where it stands.</param>
/// <param name="Score">How well it answers the question; hits of one search are comparable.</param>
/// <param name="Arms">What each way of searching found.</param>
public sealed record MemoryHit(Passage Passage, double Score, ArmScores Arms);

/// <summary>What each way of searching says of a passage; null where it did not find it.</summary>
/// <param name="Words">BM25, the higher the better.</param>
/// <param name="Cosine">The cosine of its vector with the question's.</param>
/// <param name="Names">Trigram BM25 of its names and code.</param>
/// <param name="InTime">Whether it was said, or happens, at the time that the question names; null where it names none.</param>
public sealed record ArmScores(double? Words, double? Cosine, double? Names, bool? InTime);
