namespace PersonalAi.Memory.Recall;

/// <summary>Puts candidates in order.</summary>
internal sealed class Ranking(MemoryQuery query)
{
    public IEnumerable<MemoryHit> Order(IReadOnlyList<Candidate> candidates) =>
        candidates.Select(candidate => new MemoryHit(candidate.Passage, Score(candidate), candidate.Arms)).OrderByDescending(hit => hit.Score);

    private double Score(Candidate candidate) => query.Arms switch
    {
        RecallArms.Words => candidate.Words,
        RecallArms.Vectors => candidate.Cosine,
        _ => candidate.Words + candidate.Cosine,
    };
}
