using System.Text.RegularExpressions;
using PersonalAi.Memory.Recall.Arms;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Memory.Recall;

/// <summary>Weighs what speaks for each candidate.</summary>
internal sealed partial class Ranking
{
    private readonly HashSet<string> _named;
    private readonly Dictionary<string, double> _weights;
    private readonly bool _asksWhen;
    private readonly bool _asksNumber;
    private readonly DateTimeOffset _now;
    private readonly double _bestWords;
    private readonly double _bestNames;
    private readonly Dictionary<Guid, double> _threads;
    private readonly double _bestThread;

    public Ranking(MemoryQuery query, IReadOnlyList<Candidate> candidates, DateTimeOffset now)
    {
        _named = [.. Word().Matches(query.Text).Select(match => match.Value.ToLowerInvariant())];
        _now = now;
        _asksWhen = AsksWhen().IsMatch(query.Text);
        _asksNumber = AsksNumber().IsMatch(query.Text);
        _bestWords = Math.Max(1e-9, candidates.Max(candidate => candidate.Words));
        _bestNames = Math.Max(1e-9, candidates.Max(candidate => candidate.Names));
        _threads = candidates.GroupBy(candidate => candidate.Passage.Thread)
            .ToDictionary(thread => thread.Key, thread => thread.Select(Own).OrderDescending().Take(3).Sum());
        _bestThread = Math.Max(1e-9, _threads.Values.Max());
        var stems = WordArm.WordsOf(query.Text).Select(Stem).Distinct().ToList();
        var texts = candidates.Select(candidate => StemsOf(candidate.Passage.Text)).ToList();
        _weights = stems.ToDictionary(stem => stem, stem => Math.Log((texts.Count + 1.0) / (texts.Count(text => text.Contains(stem)) + 0.5)));
    }

    public double[] Signals(Candidate candidate)
    {
        var passage = candidate.Passage;
        var signals = new double[Enum.GetValues<RankSignal>().Length];
        void Set(RankSignal signal, double value) => signals[(int)signal] = value;

        var asks = Asks(passage.Text);
        Set(RankSignal.Words, candidate.Words / _bestWords);
        Set(RankSignal.Cosine, candidate.Cosine);
        Set(RankSignal.Names, candidate.Names / _bestNames);
        Set(RankSignal.Speaker, IsNamed(passage.Speaker) ? 1 : 0);
        Set(RankSignal.PreviousWords, (candidate.Previous?.Words ?? 0) / _bestWords);
        Set(RankSignal.NextWords, (candidate.Next?.Words ?? 0) / _bestWords);
        Set(RankSignal.PreviousCosine, candidate.Previous?.Cosine ?? 0);
        Set(RankSignal.NextCosine, candidate.Next?.Cosine ?? 0);
        Set(RankSignal.RepliesTo, candidate.Previous is { } previous && Asks(previous.Passage.Text) && !asks ? previous.Cosine : 0);
        Set(RankSignal.Asks, asks ? 1 : 0);
        Set(RankSignal.Length, Math.Min(1, Math.Log(1 + Word().Count(passage.Text)) / 5));
        Set(RankSignal.Answer, passage.Part == PassagePart.Answer ? 1 : 0);
        Set(RankSignal.Fact, passage.Part == PassagePart.Fact ? 1 : 0);
        Set(RankSignal.Time, candidate.IsInTime ? 1 : 0);
        Set(RankSignal.SaysWhen, _asksWhen && SaysWhen().IsMatch(passage.Text) ? 1 : 0);
        Set(RankSignal.SaysNumber, _asksNumber && SaysNumber().IsMatch(passage.Text) ? 1 : 0);
        Set(RankSignal.Coverage, Coverage(passage.Text));
        Set(RankSignal.CoverageAround, Coverage($"{candidate.Previous?.Passage.Text} {passage.Text} {candidate.Next?.Passage.Text}"));
        Set(RankSignal.Thread, _threads.GetValueOrDefault(passage.Thread) / _bestThread);
        Set(RankSignal.Recency, Math.Exp(-Math.Max(0, (_now - passage.SaidAt).TotalDays) / 90));
        return signals;
    }

    private double Own(Candidate candidate) => (candidate.Words / _bestWords) + candidate.Cosine;

    private bool IsNamed(string? speaker) => speaker is not null && Word().Matches(speaker).Any(match => _named.Contains(match.Value.ToLowerInvariant()));

    private double Coverage(string text)
    {
        var stems = StemsOf(text);
        var all = _weights.Values.Sum();
        return all <= 0 ? 0 : _weights.Where(word => stems.Contains(word.Key)).Sum(word => word.Value) / all;
    }

    private static HashSet<string> StemsOf(string text) => [.. Word().Matches(text).Select(match => Stem(match.Value.ToLowerInvariant()))];

    // Enough to see that two inflections are the same word; FTS5 has the exact one.
    private static string Stem(string word)
    {
        foreach (var ending in (string[])["ingly", "edly", "ings", "ing", "ied", "ies", "ed", "es", "ly", "s", "e", "y"])
        {
            if (word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal))
            {
                var stem = word[..^ending.Length];
                return stem.Length > 3 && stem[^1] == stem[^2] ? stem[..^1] : stem;
            }
        }

        return word;
    }

    private static bool Asks(string text) => text.AsSpan().TrimEnd().EndsWith('?');

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(when|what (time|day|date|month|year)|which (day|month|year)|how long|since)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksWhen();

    [GeneratedRegex(@"\b(how (many|much|old|long|far|often|big|tall)|what (age|number|price|size))\b", RegexOptions.IgnoreCase)]
    private static partial Regex AsksNumber();

    [GeneratedRegex(@"\b(\d{1,4}|yesterday|today|tonight|tomorrow|last|next|ago|since|this (week|month|year|morning|weekend)|(mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|weeks?|months?|years?|days?|weekend|recently|soon|summer|winter|spring|autumn|fall|christmas|easter)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SaysWhen();

    [GeneratedRegex(@"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|forty|fifty|hundred|thousand|once|twice|couple|few|half)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SaysNumber();
}
