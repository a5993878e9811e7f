using System.Globalization;

namespace PersonalAi.Memory.Documents.Reading;

/// <summary>What the block before the text of a Markdown file says about it.</summary>
internal sealed record FrontMatter(string? Title, string? Author, DateTimeOffset? Date)
{
    /// <summary>Reads the plain 'key: value' lines; other YAML is passed over.</summary>
    public static FrontMatter Of(string yaml) => new(Value(yaml, "title"), Value(yaml, "author"), DateOf(Value(yaml, "date")));

    /// <summary>A date as files give them: ISO 8601, without a zone for UTC.</summary>
    public static DateTimeOffset? DateOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    private static string? Value(string yaml, string key)
    {
        foreach (var line in yaml.AsSpan().EnumerateLines())
        {
            var colon = line.IndexOf(':');
            if (colon > 0 && line[..colon].Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                var value = line[(colon + 1)..].Trim().Trim("\"'").Trim();
                return value.IsEmpty ? null : value.ToString();
            }
        }

        return null;
    }
}
