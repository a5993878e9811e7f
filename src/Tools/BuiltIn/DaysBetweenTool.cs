using System.ComponentModel;
using System.Globalization;
using NodaTime;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Counts the days between two dates.</summary>
internal static class DaysBetweenTool
{
    /// <summary>The tool.</summary>
    /// <param name="time">Tells what today is.</param>
    public static Tool Create(TimeProvider time)
    {
        return new Tool(ToolFunction.Create("days_between", "Counts the days and weeks between two dates.", Count), ToolRisk.ReadsLocal, ToolTrust.Own)
        {
            Examples = ["how many days until Christmas", "how many weeks between two dates", "how long is it until 24 December"],
        };

        string Count([Description("YYYY-MM-DD or today")] string from, [Description("YYYY-MM-DD")] string until)
        {
            var today = LocalDate.FromDateTime(time.GetLocalNow().DateTime);
            var (start, end) = (DateText.Read(from, today), DateText.Read(until, today));
            var days = Period.DaysBetween(start, end);
            var weeks = Math.Abs(days) < 7 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({Math.Abs(days) / 7} weeks and {Math.Abs(days) % 7} days)");
            return string.Create(CultureInfo.InvariantCulture, $"From {DateText.Of(start)} to {DateText.Of(end)}: {days} days{weeks}.");
        }
    }
}
