using Microsoft.Data.Sqlite;
using PersonalAi.Memory.Recall.Time;
using PersonalAi.Memory.Storage;

namespace PersonalAi.Memory.Recall.Arms;

/// <summary>Finds passages that were said, or that happen, at the times that a question names.</summary>
internal sealed class TimeArm
{
    // A question has its times near its beginning; what is longer is pasted text.
    private const int Longest = 2_000;

    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _ranges;

    /// <param name="text">The question.</param>
    /// <param name="now">The user's local time.</param>
    /// <param name="zone">Where the user's clocks run.</param>
    public TimeArm(string text, DateTimeOffset now, TimeZoneInfo zone) =>
        _ranges = [.. TimePhrases.Find(text[..Math.Min(text.Length, Longest)], TimeZoneInfo.ConvertTime(now, zone).DateTime).Select(phrase => Widened(phrase).In(zone))];

    /// <summary>Whether the question names a time.</summary>
    public bool HasRange => _ranges.Count > 0;

    /// <summary>Whether that moment is one that the question names.</summary>
    public bool Includes(DateTimeOffset moment) => _ranges.Exists(range => range.From <= moment && moment < range.To);

    /// <summary>Passages of the times, the newest first.</summary>
    public IEnumerable<long> Find(SqliteConnection connection, PassageFilter filter, int limit) => _ranges.SelectMany(range => connection.Query(
        $"select number from passages where said_at >= $from and said_at < $to {filter.Condition("number")} order by said_at desc limit $limit",
        row => row.GetInt64(0),
        [("$from", range.From.ToUnixTimeMilliseconds()), ("$to", range.To.ToUnixTimeMilliseconds()), ("$limit", limit), .. filter.Parameters]));

    // "Three months ago" is a day, give or take half a month.
    private static TimeRange Widened(TimePhrase phrase)
    {
        var half = TimeSpan.FromDays(phrase.Unit switch { TimeUnit.Week => 3.5, TimeUnit.Month => 15, TimeUnit.Quarter => 45, TimeUnit.Year => 182, _ => 0 });
        var range = phrase.Range;
        return range.To - range.From >= 2 * half || range.From - DateTime.MinValue < half || DateTime.MaxValue - range.To < half
            ? range
            : new TimeRange(range.From - half, range.To + half);
    }
}
