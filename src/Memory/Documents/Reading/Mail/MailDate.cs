using System.Globalization;
using System.Text.RegularExpressions;

namespace PersonalAi.Memory.Documents.Reading.Mail;

/// <summary>Reads the dates of mails (RFC 5322, section 3.3, and the older forms of 4.3).</summary>
internal static partial class MailDate
{
    /// <summary>The moment; null for what is no date.</summary>
    public static DateTimeOffset? Parse(string? header)
    {
        var match = Form().Match(header ?? "");
        var month = match.Success ? Month(match.Groups["month"].Value) : 0;
        if (month == 0)
        {
            return null;
        }

        var year = Number(match, "year");
        year += year switch { < 50 => 2000, < 1000 => 1900, _ => 0 };
        try
        {
            var local = new DateTime(year, month, Number(match, "day"), Number(match, "hour"), Number(match, "minute"), Math.Min(59, Number(match, "second")));
            return new DateTimeOffset(local, Offset(match.Groups["zone"].Value));
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static int Month(string name) => ("jan feb mar apr may jun jul aug sep oct nov dec".IndexOf(name, StringComparison.OrdinalIgnoreCase) / 4) + 1;

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.Value, CultureInfo.InvariantCulture) : 0;

    private static TimeSpan Offset(string zone)
    {
        if (zone is [('+' or '-') and var sign, .. var digits])
        {
            var minutes = (int.Parse(digits[..2], CultureInfo.InvariantCulture) * 60) + int.Parse(digits[2..], CultureInfo.InvariantCulture);
            return TimeSpan.FromMinutes(sign == '-' ? -minutes : minutes);
        }

        return TimeSpan.FromHours(zone.ToUpperInvariant() switch
        {
            "EDT" => -4,
            "EST" or "CDT" => -5,
            "CST" or "MDT" => -6,
            "MST" or "PDT" => -7,
            "PST" => -8,
            _ => 0,
        });
    }

    [GeneratedRegex(@"\b(?<day>[0-9]{1,2})[ -]+(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ -]+(?<year>[0-9]{2,4})\s+(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2}))?\s*(?<zone>[+-][0-9]{4}|[a-z]{1,5})?", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
