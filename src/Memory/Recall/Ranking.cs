using System.Text.RegularExpressions;
using PersonalAi.Memory.Recall.Arms;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Memory.Recall;

/// <summary>Weighs what speaks for each candidate.</summary>
internal sealed partial class Ranking
{
    private const int BestOfThread = 3;

    // Calibrated on the development conversations: of the right results 97 % have a hit among the first five with so much, of
    // those to questions about another conversation 9 %. Without vectors the shares of words alone must do.
    private const double RelevantResult = 0.44;
    private const double RelevantHit = 0.28;
    private const double RelevantWords = 0.3;
    private const int LookedAt = 5;

    private readonly DateTimeOffset _now;
    private readonly HashSet<string> _named;
    private readonly bool _asksWhen;
    private readonly bool _asksNumber;
    private readonly double _bestWords;
    private readonly double _bestNames;
    private readonly Dictionary<Guid, double> _threads;
    private readonly double _bestThread;
    private readonly List<(string Stem, double Weight)> _stems;
    private readonly double _allStems;

    public Ranking(MemoryQuery query, IReadOnlyList<Candidate> candidates, DateTimeOffset now)
    {
        _now = now;
        _named = [.. TextTraits.WordsOf(query.Text)];
        _asksWhen = AsksWhen().IsMatch(query.Text);
        _asksNumber = AsksNumber().IsMatch(query.Text);
        _bestWords = AboveZero(candidates.Max(candidate => candidate.Words));
        _bestNames = AboveZero(candidates.Max(candidate => candidate.Names));
        _threads = candidates.GroupBy(candidate => candidate.Passage.Thread)
            .ToDictionary(thread => thread.Key, thread => thread.Select(FirstGlance).OrderDescending().Take(BestOfThread).Sum());
        _bestThread = AboveZero(_threads.Values.Max());
        _stems = [.. WordArm.WordsOf(query.Text).Select(TextTraits.Stem).Distinct().Select(stem => (stem, Rarity(stem, candidates)))];
        _allStems = AboveZero(_stems.Sum(stem => stem.Weight));
    }

    /// <summary>How well a candidate answers the question; the scores of one ranking are comparable.</summary>
    public double Score(Candidate candidate) => Signals(candidate).Zip(RankWeights.All, (signal, weight) => signal * weight).Sum();

    /// <summary>Those of a result, the best first, that seem to answer the question; none where not even one of the best does.</summary>
    public IEnumerable<Candidate> Relevant(IReadOnlyList<Candidate> ranked)
    {
        var hasVectors = ranked.Any(candidate => candidate.Cosine != 0);
        double Relevance(Candidate candidate) => candidate.Cosine + ((hasVectors ? 0.3 : 1) * Coverage(candidate.Previous, candidate, candidate.Next));
        return ranked.Take(LookedAt).Any(candidate => Relevance(candidate) >= (hasVectors ? RelevantResult : RelevantWords))
            ? ranked.Where(candidate => Relevance(candidate) >= (hasVectors ? RelevantHit : RelevantWords))
            : [];
    }

    /// <summary>What speaks for a candidate, in the order of <see cref="RankSignal"/>.</summary>
    internal double[] Signals(Candidate candidate)
    {
        var (passage, traits, previous) = (candidate.Passage, candidate.Traits, candidate.Previous);
        var isFact = passage.Part == PassagePart.Fact;
        var speakerIsNamed = passage.Speaker is not null && TextTraits.WordsOf(passage.Speaker).Any(_named.Contains);
        var signals = new double[RankWeights.All.Length];
        void Set(RankSignal signal, double value) => signals[(int)signal] = value;
        void Mark(RankSignal signal, bool holds) => Set(signal, holds ? 1 : 0);

        Set(RankSignal.Words, candidate.Words / _bestWords);
        Set(RankSignal.Cosine, candidate.Cosine);
        Set(RankSignal.Names, candidate.Names / _bestNames);
        Mark(RankSignal.Speaker, speakerIsNamed);
        Mark(RankSignal.SpeakerOfOneself, speakerIsNamed && traits.IsOfOneself);
        Set(RankSignal.Reply, candidate.RepliesTo?.Cosine ?? 0);
        Set(RankSignal.ReplyToQuestion, candidate.RepliesTo is { Traits.Asks: true } question && !traits.Asks ? question.Cosine : 0);
        Mark(RankSignal.Asks, traits.Asks);
        Set(RankSignal.SaysSomething, isFact ? 1 : Math.Min(1, traits.Words / 10.0));
        Set(RankSignal.SaysMuch, isFact ? 1 : Math.Min(1, traits.Words / 25.0));
        Mark(RankSignal.Answer, passage.Part == PassagePart.Answer);
        Mark(RankSignal.Fact, isFact);
        Mark(RankSignal.Time, candidate.IsInTime);
        Mark(RankSignal.SaysWhen, _asksWhen && traits.SaysWhen);
        Mark(RankSignal.SaysNumber, _asksNumber && traits.SaysNumber);
        Set(RankSignal.Coverage, Coverage(candidate));
        Set(RankSignal.CoverageAround, Coverage(previous, candidate, candidate.Next));
        Set(RankSignal.Thread, _threads.GetValueOrDefault(passage.Thread) / _bestThread);
        Set(RankSignal.Recency, Math.Pow(0.5, Math.Max(0, (_now - passage.SaidAt).TotalDays) / 60));
        return signals;
    }

    private static double AboveZero(double value) => Math.Max(value, 1e-9);

    private static double Rarity(string stem, IReadOnlyList<Candidate> candidates) =>
        Math.Log((candidates.Count + 1.0) / (candidates.Count(candidate => candidate.Traits.Stems.Contains(stem)) + 0.5));

    private double FirstGlance(Candidate candidate) => (candidate.Words / _bestWords) + candidate.Cosine;

    private double Coverage(params ReadOnlySpan<Candidate?> candidates)
    {
        var covered = 0.0;
        foreach (var (stem, weight) in _stems)
        {
            foreach (var candidate in candidates)
            {
                if (candidate?.Traits.Stems.Contains(stem) == true)
                {
                    covered += weight;
                    break;
                }
            }
        }

        return covered / _allStems;
    }

    [GeneratedRegex(@"\b(when|what (time|day|date|month|year)|which (day|month|year)|how long|since)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksWhen();

    [GeneratedRegex(@"\b(how (many|much|old|long|far|often|big|tall)|what (age|number|price|size))\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksNumber();
}
