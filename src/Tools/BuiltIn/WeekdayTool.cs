using System.ComponentModel;
using NodaTime;

namespace PersonalAi.Tools.BuiltIn;

/// <summary>Names the weekday of a date.</summary>
internal static class WeekdayTool
{
    /// <summary>The tool.</summary>
    /// <param name="time">Tells what today is.</param>
    public static Tool Create(TimeProvider time)
    {
        return new Tool(ToolFunction.Create("weekday", "Tells which day of the week a date is.", Name), ToolRisk.ReadsLocal, ToolTrust.Own)
        {
            Examples = ["which weekday is the 4th of July", "what day of the week was 9 November 1989", "is the 24th a Sunday"],
        };

        string Name([Description("YYYY-MM-DD")] string date) => $"{date} is {DateText.Of(DateText.Read(date, LocalDate.FromDateTime(time.GetLocalNow().DateTime)))}.";
    }
}
