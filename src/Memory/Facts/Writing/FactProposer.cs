using System.Collections.Immutable;
using PersonalAi.Memory.Facts.Writing.Guards;
using PersonalAi.Memory.Facts.Writing.Language;
using PersonalAi.Memory.Facts.Writing.Rules;

namespace PersonalAi.Memory.Facts.Writing;

/// <summary>Proposes facts from a turn by rules: milliseconds, no model, and the same each time.</summary>
public static class FactProposer
{
    // The first that knows a clause speaks for it; another rule is another line.
    internal static readonly ImmutableArray<FactRule> Rules =
    [
        new RememberRule(),
        new CorrectionRule(),
        new InstructionRule(),
        new IdentityRule(),
        new TasteRule(),
        new BeingRule(),
        new DoingRule(),
        new PlanRule(),
        new ChangeRule(),
        new OwnedRule(),
        new PersonRule(),
        new FavourRule(),
        new NamedRelationRule(),
        new LabelRule(),
        new NoteRule(),
        new DatedNoteRule(),
        new OrderedRule(),
    ];

    internal static readonly ImmutableArray<Guard> Guards =
    [
        new RolePlayGuard(),
        new JokeGuard(),
        new QuestionGuard(),
        new HypothesisGuard(),
        new TransientGuard(),
        new EchoGuard(),
    ];

    /// <summary>The facts that a turn states, each proven by its words; those with a doubt are to be looked at first.</summary>
    public static ImmutableArray<FactCandidate> Propose(WritingTurn turn)
    {
        if (turn.Origin != TextOrigin.User)
        {
            return [];
        }

        var reading = new Reading(turn);
        var candidates = ImmutableArray.CreateBuilder<FactCandidate>();
        foreach (var clause in reading.Clauses)
        {
            var statement = Statement.Read(clause);
            if (candidates.Count > 0 && candidates[^1] is var before && Fragments.Join(before, clause, statement, reading) is { } longer && Admission.Check(longer, turn) is null)
            {
                candidates[^1] = longer;
            }
            else if (Find(clause, statement, reading) is { } candidate && Admission.Check(candidate, turn) is null)
            {
                var asked = candidate with { IsExplicit = candidate.IsExplicit || reading.IsOrdered(clause) };
                candidates.Add(asked with { Valid = FactTimes.Of(asked, turn), Doubt = asked.Doubt ?? Doubts.Of(asked, clause), Supersedes = asked.Supersedes ?? Replacements.Of(asked, clause, turn, candidates) });
            }

            reading.Person = Antecedent.In(clause, statement) ?? reading.Person.Behind(statement);
        }

        return candidates.ToImmutable();
    }

    private static FactCandidate? Find(Clause clause, Statement? statement, Reading reading) =>
        Guards.Any(guard => guard.Refuses(clause, reading))
            ? null
            : Rules.Select(rule => rule.Propose(clause, statement, reading)).FirstOrDefault(candidate => candidate is not null);
}
