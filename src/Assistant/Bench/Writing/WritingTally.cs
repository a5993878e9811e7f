using System.Collections.Immutable;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Facts.Writing;

namespace PersonalAi.Assistant.Bench.Writing;

/// <summary>Counts what was stored rightly and wrongly, turn by turn.</summary>
internal sealed class WritingTally
{
    private readonly SortedDictionary<string, TrapScore> _traps = new(StringComparer.Ordinal);
    private readonly List<WrongFact> _wrong = [];
    private readonly List<WrongFact> _missed = [];
    private readonly HashSet<string> _texts = [];
    private WritingScores _scores = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <param name="turn">A turn.</param>
    /// <param name="candidates">What was proposed from it.</param>
    /// <param name="stored">The stated facts that were stored before, and as what.</param>
    public void Count(WrittenTurn turn, ImmutableArray<FactCandidate> candidates, IReadOnlyDictionary<string, FactId> stored)
    {
        FactCandidate[] atOnce = [.. candidates.Where(candidate => candidate.Doubt is null)];
        FactCandidate[] waiting = [.. candidates.Where(candidate => candidate.Doubt is not null)];
        FactCandidate[] wrong = [.. atOnce.Where(candidate => !IsRight(candidate, turn))];
        StatedFact[] sure = [.. turn.Facts.Where(stated => stated.Sure)];
        StatedFact[] replacing = [.. turn.Facts.Where(stated => stated.Supersedes is { } older && stored.ContainsKey(older) && IsRecalled(stated, atOnce, turn))];
        _wrong.AddRange(wrong.Select(candidate => new WrongFact(turn.Id, candidate.Text)));
        _missed.AddRange(sure.Where(stated => !IsRecalled(stated, atOnce, turn)).Select(stated => new WrongFact(turn.Id, stated.Span)));
        foreach (var trap in turn.Traps)
        {
            var before = _traps.GetValueOrDefault(trap);
            _traps[trap] = new TrapScore(before.Turns + 1, before.Wrong + wrong.Length);
        }

        _scores = _scores with
        {
            UserTurns = _scores.UserTurns + (turn.Origin == TextOrigin.User ? 1 : 0),
            Stored = _scores.Stored + atOnce.Length,
            Right = _scores.Right + atOnce.Length - wrong.Length,
            Inbox = _scores.Inbox + waiting.Length,
            InboxRight = _scores.InboxRight + waiting.Count(candidate => turn.Facts.Any(stated => FactMatch.IsRight(candidate, stated, turn.Text))),
            Explicit = _scores.Explicit + sure.Length,
            ExplicitStored = _scores.ExplicitStored + sure.Count(stated => IsRecalled(stated, atOnce, turn)),
            ExplicitFound = _scores.ExplicitFound + sure.Count(stated => IsRecalled(stated, candidates, turn)),
            Duplicates = _scores.Duplicates + atOnce.Count(candidate => !_texts.Add(candidate.Text)),
            Echoes = _scores.Echoes + (turn.Traps.Contains("echo") ? wrong.Length : 0),
            Untrusted = _scores.Untrusted + (turn.Origin == TextOrigin.User ? 0 : candidates.Length),
            ToSupersede = _scores.ToSupersede + replacing.Length,
            Superseded = _scores.Superseded + replacing.Count(stated => atOnce.Any(candidate => FactMatch.IsRight(candidate, stated, turn.Text) && candidate.Supersedes == stored[stated.Supersedes!])),
        };
    }

    public WritingScores Scores() => _scores with { Traps = _traps.ToImmutableSortedDictionary(StringComparer.Ordinal), Wrong = [.. _wrong], Missed = [.. _missed] };

    // A plan that is not sure is a fact only for the inbox: stored at once, it is wrong.
    private static bool IsRight(FactCandidate candidate, WrittenTurn turn) => turn.Facts.Any(stated =>
        FactMatch.IsRight(candidate, stated, turn.Text) && (stated.Sure || !turn.Traps.Contains("uncertain")));

    private static bool IsRecalled(StatedFact stated, IEnumerable<FactCandidate> candidates, WrittenTurn turn) =>
        candidates.Any(candidate => FactMatch.IsRecalled(candidate, stated, turn.Text));
}
