using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Reads and writes dates as people and models do.</summary>
internal static partial class DateText
{
    private static readonly LocalDatePattern[] Patterns =
    [
        .. ((string[])["uuuu-M-d", "uuuu/M/d", "d.M.uuuu", "d MMMM uuuu", "d MMM uuuu", "MMMM d, uuuu", "MMM d, uuuu", "MMMM d uuuu", "MMM d uuuu"])
            .Select(pattern => LocalDatePattern.Create(pattern, CultureInfo.InvariantCulture)),
    ];

    /// <summary>The date with its weekday: <c>Saturday, 2026-11-21</c>.</summary>
    public static string Of(LocalDate date) => string.Create(CultureInfo.InvariantCulture, $"{date.DayOfWeek}, {date:uuuu'-'MM'-'dd}");

    /// <summary>A moment with its zone: <c>Saturday, 2026-11-21, 14:05, time zone Europe/Berlin (UTC+01)</c>.</summary>
    public static string Of(ZonedDateTime moment) => $"{Of(moment.Date)}, {moment.TimeOfDay:HH':'mm}, time zone {moment.Zone.Id} (UTC{moment.Offset})";

    /// <summary>The date that a text names.</summary>
    /// <param name="text">A date in a form that cannot be mistaken, <c>today</c>, <c>tomorrow</c>, <c>yesterday</c>, or a weekday: the next one.</param>
    /// <param name="today">What <c>today</c> is.</param>
    /// <exception cref="ToolException">It names none.</exception>
    public static LocalDate Read(string text, LocalDate today)
    {
        var trimmed = Ordinals().Replace(text.Trim(), "$1");
        return trimmed.ToLowerInvariant() switch
        {
            "today" or "now" => today,
            "tomorrow" => today.PlusDays(1),
            "yesterday" => today.PlusDays(-1),
            var word when WeekdayOf(word) is { } weekday => today.Next(weekday),
            _ => Patterns.Select(pattern => pattern.Parse(trimmed)).FirstOrDefault(result => result.Success)?.Value
                ?? throw new ToolException($"'{text}' is not a date: write it as YYYY-MM-DD, like 2026-12-24, or 'today'."),
        };
    }

    private static IsoDayOfWeek? WeekdayOf(string word) =>
        Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None && $"{day}".Equals(word.Replace("next ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
            .Select(day => (IsoDayOfWeek?)day).FirstOrDefault();

    // "the 25th of December".
    [GeneratedRegex(@"(?:^the\s+)?\b(\d{1,2})(?:st|nd|rd|th)\b(?:\s+of\b)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ordinals();
}
