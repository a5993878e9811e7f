using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Adds days, weeks, months and years to a date.</summary>
internal static partial class AddToDateTool
{
    // Beyond it the result would leave the years that NodaTime knows.
    private const int MostOfAUnit = 1_000_000;

    /// <summary>The tool.</summary>
    /// <param name="time">Tells what today is.</param>
    public static Tool Create(TimeProvider time)
    {
        return new Tool(ToolFunction.Create("add_to_date", "Tells the date that comes some time after or before another.", Sum), ToolRisk.ReadsLocal, ToolTrust.Own)
        {
            Examples = ["what date is in three weeks", "when is 90 days from today", "which date was two months ago"],
        };

        string Sum([Description("YYYY-MM-DD or today")] string date, [Description("like '3 weeks' or '-2 months'")] string amount)
        {
            var start = DateText.Read(date, LocalDate.FromDateTime(time.GetLocalNow().DateTime));
            return $"{DateText.Of(start)} plus {amount} is {DateText.Of(Add(start, amount))}.";
        }
    }

    private static LocalDate Add(LocalDate start, string amount)
    {
        if (!AmountPattern().IsMatch(amount))
        {
            throw new ToolException($"'{amount}' cannot be added to a date: write a whole number and days, weeks, months or years, like '3 weeks' or '-2 months'.");
        }

        try
        {
            return Terms().Matches(amount).Aggregate(start, Plus);
        }
        catch (Exception error) when (error is OverflowException or ArgumentException)
        {
            throw new ToolException($"'{amount}' leads beyond the years that can be counted: use a smaller number.", error);
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

    [GeneratedRegex(@"^\s*([+-]?\d{1,9}\s*(days?|weeks?|months?|years?)\s*(,|and|\+)?\s*)+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AmountPattern();

    [GeneratedRegex(@"(?<amount>[+-]?\d{1,9})\s*(?<unit>day|week|month|year)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Terms();
}
