using System.Globalization;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>How facts are told to people.</summary>
internal static class FactText
{
    /// <summary>Its text in quotes and its id, for a sentence.</summary>
    public static string Named(this Fact fact) => $"'{fact.Line()}' ({fact.Id.ShortForm})";

    /// <summary>Its text in one line that is safe to print.</summary>
    public static string Line(this Fact fact) => Line(fact.Text);

    /// <inheritdoc cref="Line(Fact)"/>
    public static string Line(string text) => TerminalText.Sanitize(text).ReplaceLineEndings(" ");

    /// <summary>Ids as short as they can be told apart, at least 13 characters.</summary>
    public static IReadOnlyList<string> ShortIds(IReadOnlyList<Fact> facts)
    {
        var ids = facts.Select(fact => fact.Id.ToString()).ToList();
        int[] lengths = [13, 18, 23, 36];
        var length = lengths.First(length => length == 36 || ids.Select(id => id[..length]).Distinct().Count() == ids.Count);
        return [.. ids.Select(id => id[..length])];
    }

    /// <summary>What is to be known of it besides its text: kind, pin, label where it is not the usual one, when it is true.</summary>
    public static string Marks(this Fact fact, TimeProvider time) => string.Join(", ", MarksOf(fact, time));

    /// <summary>From when to when, in days; empty where it is open on both sides.</summary>
    public static string Span(Validity valid, TimeProvider time) => valid switch
    {
        { From: { } from, To: { } to } => $"from {Day(from, time)} until {Day(to, time)}",
        { From: { } from } => $"from {Day(from, time)}",
        { To: { } to } => $"until {Day(to, time)}",
        _ => "",
    };

    private static IEnumerable<string> MarksOf(Fact fact, TimeProvider time)
    {
        yield return Words.Of(fact.Kind);
        if (fact.IsPinned)
        {
            yield return "pinned";
        }

        if (fact.Egress != EgressLabel.Ask)
        {
            yield return fact.Egress == EgressLabel.Never ? "never leaves" : "may leave";
        }

        if (Span(fact.Valid, time) is { Length: > 0 } span)
        {
            yield return span;
        }

        if (fact.RetractedAt is { } retracted)
        {
            yield return retracted == fact.RecordedAt ? "undone" : $"known until {Day(retracted, time)}";
        }
    }

    private static string Day(DateTimeOffset moment, TimeProvider time)
    {
        var local = TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone);
        return local.ToString(local.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
