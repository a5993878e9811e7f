using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Counts with dates: adds to one, counts the days between two, names the weekday.</summary>
internal static partial class DateMathTool
{
    // Beyond it the result would leave the years that NodaTime knows.
    private const int MostOfAUnit = 1_000_000;

    /// <summary>The tool.</summary>
    /// <param name="time">Tells what today is.</param>
    public static Tool Create(TimeProvider time)
    {
        return new Tool(ToolFunction.Create("date_math", "Adds to a date, counts the days until another date, or tells its weekday.", Count), ToolRisk.ReadsLocal, ToolTrust.Own)
        {
            Examples = ["how many days until Christmas", "what date is in three weeks", "which weekday is the 4th of July", "how many weeks between two dates", "when is 90 days from today"],
        };

        string Count(
            [Description("YYYY-MM-DD or today")] string date,
            [Description("what to add, like '3 weeks' or '-2 months'")] string? add = null,
            [Description("count the days until this date")] string? until = null)
        {
            var today = LocalDate.FromDateTime(time.GetLocalNow().DateTime);
            var start = DateText.Read(date, today);
            return (string.IsNullOrWhiteSpace(add), string.IsNullOrWhiteSpace(until)) switch
            {
                (true, true) => $"{date} is {DateText.Of(start)}.",
                (false, true) => $"{DateText.Of(start)} plus {add} is {DateText.Of(Add(start, add!))}.",
                (true, false) => Between(start, DateText.Read(until!, today)),
                _ => throw new ToolException("Give 'add' or 'until', not both: call date_math once for each."),
            };
        }
    }

    private static LocalDate Add(LocalDate start, string add)
    {
        if (!AmountPattern().IsMatch(add))
        {
            throw new ToolException($"'{add}' cannot be added to a date: write a whole number and days, weeks, months or years, like '3 weeks' or '-2 months'.");
        }

        try
        {
            return Terms().Matches(add).Aggregate(start, Plus);
        }
        catch (Exception error) when (error is OverflowException or ArgumentException)
        {
            throw new ToolException($"'{add}' leads beyond the years that can be counted: use a smaller number.", error);
        }
    }

    private static LocalDate Plus(LocalDate date, Match term)
    {
        var amount = int.Parse(term.Groups["amount"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs((long)amount), MostOfAUnit);
        return char.ToLowerInvariant(term.Groups["unit"].Value[0]) switch
        {
            'd' => date.PlusDays(amount),
            'w' => date.PlusWeeks(amount),
            'm' => date.PlusMonths(amount),
            _ => date.PlusYears(amount),
        };
    }

    private static string Between(LocalDate start, LocalDate end)
    {
        var days = Period.DaysBetween(start, end);
        var weeks = Math.Abs(days) < 7 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({Math.Abs(days) / 7} weeks and {Math.Abs(days) % 7} days)");
        return string.Create(CultureInfo.InvariantCulture, $"From {DateText.Of(start)} to {DateText.Of(end)}: {days} days{weeks}.");
    }

    [GeneratedRegex(@"^\s*([+-]?\d{1,9}\s*(days?|weeks?|months?|years?)\s*(,|and|\+)?\s*)+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AmountPattern();

    [GeneratedRegex(@"(?<amount>[+-]?\d{1,9})\s*(?<unit>day|week|month|year)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Terms();
}
