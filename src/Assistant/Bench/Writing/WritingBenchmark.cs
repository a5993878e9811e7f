using System.Collections.Immutable;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Facts.Writing;

namespace PersonalAi.Assistant.Bench.Writing;

/// <summary>Lets facts be proposed from the turns of a persona, in order and with what was stored before, and compares them with what is stated.</summary>
/// <param name="proposeAsync">What is measured.</param>
/// <param name="time">Names facts.</param>
internal sealed class WritingBenchmark(Func<WritingTurn, CancellationToken, Task<ImmutableArray<FactCandidate>>> proposeAsync, TimeProvider time)
{
    private const int TurnsOfRecall = 3;

    /// <summary>Measures over personas, each with a memory of its own.</summary>
    public async Task<WritingScores> RunAsync(IEnumerable<WritingPersona> personas, CancellationToken cancellationToken = default)
    {
        var tally = new WritingTally();
        foreach (var persona in personas)
        {
            await RunAsync(persona, tally, cancellationToken);
        }

        return tally.Scores();
    }

    private static ImmutableArray<string> EarlierThan(WritingPersona persona, int index) =>
    [
        .. persona.Turns.Take(index)
            .Where(earlier => earlier.Origin == TextOrigin.User && earlier.Session == persona.Turns[index].Session)
            .TakeLast(WritingTurn.MostEarlier)
            .Select(earlier => earlier.Text),
    ];

    private async Task RunAsync(WritingPersona persona, WritingTally tally, CancellationToken cancellationToken)
    {
        var known = new List<KnownFact>();
        var stored = new Dictionary<string, FactId>();
        foreach (var (index, turn) in persona.Turns.Index())
        {
            var recalled = persona.Turns.Take(index).TakeLast(TurnsOfRecall).Where(earlier => earlier.Origin == TextOrigin.Recalled && earlier.Session == turn.Session);
            var candidates = await proposeAsync(
                new WritingTurn(turn.Text, turn.Time) { Origin = turn.Origin, Known = [.. known], Recalled = [.. recalled.Select(earlier => earlier.Text)], Earlier = EarlierThan(persona, index) },
                cancellationToken);
            tally.Count(turn, candidates, stored);
            foreach (var candidate in candidates.Where(candidate => candidate.Doubt is null))
            {
                var id = FactId.New(time);
                known.RemoveAll(fact => fact.Id == candidate.Supersedes);
                known.Add(new KnownFact(id, candidate.Text, candidate.Attribute));
                foreach (var stated in turn.Facts.Where(stated => FactMatch.IsRight(candidate, stated, turn.Text)))
                {
                    stored[stated.Id] = id;
                }
            }
        }
    }
}
