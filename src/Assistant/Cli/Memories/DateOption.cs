using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace PersonalAi.Assistant.Cli.Memories;

/// <summary>A day or a moment, in local time where no other is given.</summary>
internal sealed class DateOption : Option<string?>
{
    /// <summary>Takes a date away that was there.</summary>
    public const string None = "none";

    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM", "yyyy", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    private readonly bool _takesNone;

    public DateOption(string name, string description, bool takesNone = false) : base(name)
    {
        _takesNone = takesNone;
        Description = description;
        HelpName = takesNone ? "DATE|none" : "DATE";
        Validators.Add(Validate);
    }

    /// <summary>The moment that was given, which for a day is its beginning; null where none was.</summary>
    public DateTimeOffset? In(ParseResult arguments, TimeProvider time) =>
        arguments.GetValue(this) is { } text && text != None ? Parse(text, time.LocalTimeZone) : null;

    /// <summary>The moment that was given, the one before where nothing was given, and null for <c>none</c>.</summary>
    public DateTimeOffset? In(ParseResult arguments, TimeProvider time, DateTimeOffset? before) =>
        arguments.GetValue(this) is null ? before : In(arguments, time);

    private static DateTimeOffset? Parse(string text, TimeZoneInfo zone)
    {
        if (DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        }

        return DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;
    }

    private void Validate(OptionResult result)
    {
        if (result.Tokens is [{ Value: var text }] && !(_takesNone && text == None) && Parse(text, TimeZoneInfo.Utc) is null)
        {
            result.AddError($"'{text}' is not a date for '{Name}', which takes one like 2026-03-01, 2026-03, or 2026-03-01T14:30.");
        }
    }
}
