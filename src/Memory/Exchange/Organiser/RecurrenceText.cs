using System.Globalization;

namespace PersonalAi.Memory.Exchange.Organiser;

/// <summary>Says a rule of repetition (RFC 5545, section 3.3.10) in words.</summary>
internal static class RecurrenceText
{
    private static readonly (string Code, string Name)[] Days =
        [("MO", "Monday"), ("TU", "Tuesday"), ("WE", "Wednesday"), ("TH", "Thursday"), ("FR", "Friday"), ("SA", "Saturday"), ("SU", "Sunday")];

    private static readonly string[] Counted = ["", "first", "second", "third", "fourth", "fifth"];

    /// <summary>'every 2 weeks on Monday and Friday until 2026-12-31'; what words do not reach is given as the rule has it.</summary>
    public static string Of(string rule)
    {
        var parts = Parts(rule);
        var unit = parts.GetValueOrDefault("FREQ") switch { "DAILY" => "day", "WEEKLY" => "week", "MONTHLY" => "month", "YEARLY" => "year", _ => null };
        if (unit is null || parts.Keys.Any(part => part is not ("FREQ" or "INTERVAL" or "BYDAY" or "UNTIL" or "COUNT" or "WKST" or "BYMONTHDAY")))
        {
            return $"by the rule '{Words.Short(rule, 200)}'";
        }

        var every = parts.GetValueOrDefault("INTERVAL") is { } interval and not "1" ? $"every {interval} {unit}s" : $"every {unit}";
        var days = parts.GetValueOrDefault("BYDAY") is { } codes ? $" on {List(codes.Split(',').Select(Day))}" : "";
        var dates = parts.GetValueOrDefault("BYMONTHDAY") is { } numbers ? $" on day {List(numbers.Split(','))}" : "";
        var end = Until(rule) is { } until ? $" until {until:yyyy-MM-dd}" : parts.GetValueOrDefault("COUNT") is { } count ? $", {count} times" : "";
        return $"{every}{days}{dates}{end}";
    }

    /// <summary>The last day of it; null where it goes on.</summary>
    public static DateOnly? Until(string? rule) =>
        rule is not null && Parts(rule).GetValueOrDefault("UNTIL") is { Length: >= 8 } until
        && DateOnly.TryParseExact(until[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static Dictionary<string, string> Parts(string rule) => rule.Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split('=', 2))
        .Where(part => part.Length == 2)
        .DistinctBy(part => part[0].Trim().ToUpperInvariant())
        .ToDictionary(part => part[0].Trim().ToUpperInvariant(), part => part[1].Trim().ToUpperInvariant());

    // 'MO', '2MO', '-1FR'.
    private static string Day(string code)
    {
        var name = Days.FirstOrDefault(day => code.EndsWith(day.Code, StringComparison.Ordinal)).Name;
        if (name is null || !int.TryParse(code[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var place))
        {
            return name ?? code;
        }

        return place == -1 ? $"the last {name}" : place is > 0 and <= 5 ? $"the {Counted[place]} {name}" : code;
    }

    private static string List(IEnumerable<string> items) => items.ToList() is { Count: > 1 } several
        ? $"{string.Join(", ", several[..^1])} and {several[^1]}"
        : string.Concat(items);
}
