using System.Globalization;

namespace PersonalAi.Assistant.Terminal;

/// <summary>Writes sizes and durations for people.</summary>
internal static class Quantity
{
    /// <summary>A number of bytes in decimal units, as disks and downloads are sold: <c>322.6 MB</c>.</summary>
    public static string Bytes(double bytes) => bytes switch
    {
        < 1e3 => Format($"{bytes:0} B"),
        < 1e6 => Format($"{bytes / 1e3:0.0} kB"),
        < 1e9 => Format($"{bytes / 1e6:0.0} MB"),
        _ => Format($"{bytes / 1e9:0.0} GB"),
    };

    /// <summary>A number of passages: <c>1,234 passages</c>.</summary>
    public static string Passages(double passages) => Format($"{passages:#,0} passages");

    /// <summary>A duration in its two largest units: <c>0.4 s</c>, <c>12 s</c>, <c>3 min 5 s</c>, <c>2 h 10 min</c>.</summary>
    public static string Duration(TimeSpan duration) => duration.TotalSeconds switch
    {
        < 10 => Format($"{duration.TotalSeconds:0.0} s"),
        < 60 => Format($"{duration.TotalSeconds:0} s"),
        < 3600 => Format($"{(int)duration.TotalMinutes} min {duration.Seconds} s"),
        _ => Format($"{(int)duration.TotalHours} h {duration.Minutes} min"),
    };

    /// <summary>A number of things, with the word as it is for one or several: <c>1 entry</c>, <c>1,234 entries</c>.</summary>
    public static string Of(long number, string one, string? several = null) => number == 1 ? $"1 {one}" : Format($"{number:#,0} {several ?? $"{one}s"}");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
