namespace PersonalAi.Memory.Facts.Writing;

/// <summary>The rules' part in judging what a model proposes: entailment is more than words that are there.</summary>
public static class ClauseProof
{
    /// <summary>Whether a candidate stands in a clause that states nothing: a question, a hypothesis, a joke, an echo, a play.</summary>
    public static bool Refuses(FactCandidate candidate, WritingTurn turn)
    {
        var reading = new Reading(turn);
        var clauses = reading.Clauses.Where(clause => clause.Start < candidate.End && candidate.Start < clause.End).ToList();
        return clauses.Count == 0
            || clauses.Exists(clause => FactProposer.Guards.Any(guard => guard.Refuses(clause, reading)))
            || !clauses.Exists(clause => Language.Statement.Read(clause) is not null);
    }
}
