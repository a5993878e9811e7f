using System.Collections.Immutable;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Memory.Facts.Writing.Queue;

/// <summary>
/// Stores facts from what the user said. Which turns were looked at is stored with the turns, and each is finished in one
/// transaction, so that it can be stopped, or killed, at any time, and whichever program runs next goes on.
/// </summary>
public sealed class FactWriter(MemoryDatabase database, TimeProvider time)
{
    private const int MostTurnsOfProof = 50;

    /// <summary>Looks at all turns that nobody has looked at yet, by rules: milliseconds each.</summary>
    /// <returns>What became of the candidates.</returns>
    /// <exception cref="OperationCanceledException">It was stopped; the turns that are left are looked at another time.</exception>
    public async Task<WritingOutcome> WriteAsync(CancellationToken cancellationToken = default)
    {
        var outcome = new WritingOutcome(0, 0, 0);
        while (await database.WriteAsync(WriteNext, cancellationToken) is { } next)
        {
            outcome += next;
            cancellationToken.ThrowIfCancellationRequested();
        }

        return outcome;

        WritingOutcome? WriteNext(Microsoft.Data.Sqlite.SqliteConnection connection) => connection.NextTurn(WritingStage.Waiting, time) is { } queued
            ? Write(connection, queued.Id, FactProposer.Propose(queued.Turn), WritingStage.Ruled)
            : null;
    }

    /// <summary>The oldest turn that rules have looked at and the model has not; null where there is none.</summary>
    public Task<QueuedTurn?> NextAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync(connection => connection.NextTurn(WritingStage.Ruled, time), cancellationToken);

    /// <summary>Finishes a turn with what the model proposed. Where another program has finished it meanwhile, nothing happens.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="candidates">What was proposed; those that are not admitted now are left out.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public Task<WritingOutcome> FinishAsync(QueuedTurn turn, ImmutableArray<FactCandidate> candidates, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            if (!connection.IsAt(turn.Id, WritingStage.Ruled))
            {
                return new WritingOutcome(0, 0, 0);
            }

            var now = turn.Turn with { Known = connection.KnownFor(turn.Turn.Text) };
            return Write(connection, turn.Id, [.. candidates.Where(candidate => Admission.Check(candidate, now) is null)], WritingStage.Proposed);
        },
        cancellationToken);

    /// <summary>
    /// Puts words into the inbox that somebody says the user said: they must stand in what the user typed in one of the newest turns,
    /// which is then their proof, and pass what every candidate must pass.
    /// </summary>
    /// <param name="words">The user's very words.</param>
    /// <param name="proposer">Who proposes them, such as <c>tool</c>.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>Whether they wait in the inbox now.</returns>
    public Task<bool> ProposeAsync(string words, string proposer, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection =>
        {
            var said = words.Trim();
            return said.Length > 0 && connection.NewestOwnWords(MostTurnsOfProof, time).Any(turn =>
                turn.Turn.Text.IndexOf(said, StringComparison.OrdinalIgnoreCase) is >= 0 and var start
                && CandidateOf(turn.Turn, start, said.Length, proposer) is { } candidate
                && connection.Write(candidate, turn.Id, time, () => throw new InvalidOperationException("What is in doubt is never stored at once.")) == WritingResult.Waiting);
        },
        cancellationToken);

    private static FactCandidate? CandidateOf(WritingTurn turn, int start, int length, string proposer)
    {
        var candidate = new FactCandidate(turn.Text.Substring(start, length), FactKind.Knowledge, start, length, proposer) { Confidence = 0.5, Doubt = DoubtReason.Weak };
        return Admission.Check(candidate, turn) is null ? candidate : null;
    }

    private WritingOutcome Write(Microsoft.Data.Sqlite.SqliteConnection connection, TurnId turn, ImmutableArray<FactCandidate> candidates, WritingStage stage)
    {
        long? change = null;
        var results = candidates.Select(candidate => connection.Write(candidate, turn, time, BeginChange)).ToList();
        connection.SetStage(turn, stage);
        return new WritingOutcome(1, results.Count(result => result == WritingResult.Stored), results.Count(result => result == WritingResult.Waiting));

        // One for the whole turn, and none where nothing is stored.
        long BeginChange() => change ??= connection.BeginChange(ChangeAction.Add, time.GetUtcNow().ToUnixTimeMilliseconds());
    }
}

/// <summary>How far a turn was looked at.</summary>
internal enum WritingStage
{
    /// <summary>Not yet.</summary>
    Waiting,

    /// <summary>By rules.</summary>
    Ruled,

    /// <summary>By the model too.</summary>
    Proposed,
}

/// <summary>What became of a candidate.</summary>
internal enum WritingResult
{
    /// <summary>It is known, or the user does not want to be asked about it.</summary>
    Nothing,

    /// <summary>It is a fact now.</summary>
    Stored,

    /// <summary>It waits in the inbox.</summary>
    Waiting,
}

/// <summary>A turn of the queue.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Turn">What the user said, and what is known.</param>
public sealed record QueuedTurn(TurnId Id, WritingTurn Turn);

/// <summary>What became of turns.</summary>
/// <param name="Turns">How many were looked at.</param>
/// <param name="Stored">Facts that were stored.</param>
/// <param name="Waiting">Facts that wait in the inbox.</param>
public readonly record struct WritingOutcome(int Turns, int Stored, int Waiting)
{
    /// <summary>Both together.</summary>
    public static WritingOutcome operator +(WritingOutcome one, WritingOutcome other) =>
        new(one.Turns + other.Turns, one.Stored + other.Stored, one.Waiting + other.Waiting);

    /// <summary>Both together.</summary>
    public static WritingOutcome Add(WritingOutcome left, WritingOutcome right) => left + right;
}
