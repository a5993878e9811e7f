using System.Text.Json;
using System.Text.RegularExpressions;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Tests.Assistant.Tools;

/// <summary>Reads the question to the user back, to see whether it says what would run.</summary>
internal static partial class ShownCall
{
    /// <summary>What of a question misleads; nothing where it is honest.</summary>
    public static IEnumerable<string> Problems(ToolRequest request, string reason)
    {
        var text = new ApprovalText(request, reason);
        var whole = text.Write(whole: true);
        var brief = text.Write(whole: false);
        if (whole.Concat(brief).FirstOrDefault(c => c is not '\n' && !IsSeen(c)) is var hidden and not '\0')
        {
            yield return $"the question has U+{(int)hidden:X4} in it";
        }

        using var arguments = JsonDocument.Parse(request.Call.CanonicalArguments);
        var shown = ReadBack(whole);
        if (!shown.Select(argument => argument.Name).SequenceEqual(arguments.RootElement.EnumerateObject().Select(argument => argument.Name))
            || !arguments.RootElement.EnumerateObject().Zip(shown, (said, seen) => IsSame(said.Value, seen.Value)).All(same => same))
        {
            yield return $"the question says another call than {request.Call.CanonicalArguments}:\n{whole}";
        }

        // The last line of every value is where a padded command ends.
        foreach (var end in whole.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)).TakeLast(1).Where(end => !brief.Contains(end, StringComparison.Ordinal)))
        {
            yield return $"the short question leaves out {end}";
        }
    }

    private static bool IsSeen(char c) => char.GetUnicodeCategory(c) switch
    {
        System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
            or System.Globalization.UnicodeCategory.ParagraphSeparator or System.Globalization.UnicodeCategory.PrivateUse or System.Globalization.UnicodeCategory.OtherNotAssigned => false,
        System.Globalization.UnicodeCategory.SpaceSeparator => c == ' ',
        _ => true,
    };

    // A text is shown between quotes, all else as JSON.
    private static bool IsSame(JsonElement said, string shown)
    {
        if (said.ValueKind == JsonValueKind.String)
        {
            return said.GetString() == Plain(shown);
        }

        using var seen = JsonDocument.Parse(LongEscape().Replace(shown, match => char.ConvertFromUtf32(Convert.ToInt32(match.Value[3..^1], 16))));
        return JsonElement.DeepEquals(said, seen.RootElement);
    }

    // Between the heading and the first line that is not indented stand the arguments, each line of a long one quoted by itself.
    private static List<(string Name, string Value)> ReadBack(string question)
    {
        List<(string Name, string Value)> read = [];
        foreach (var line in question.Split('\n').SkipWhile(line => !line.StartsWith("Arguments", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)))
        {
            if (line.StartsWith("    ", StringComparison.Ordinal))
            {
                read[^1] = read[^1] with { Value = read[^1].Value + Unquoted(line[4..]) };
                continue;
            }

            var (name, rest) = line.IndexOf(": ", StringComparison.Ordinal) is var colon and >= 0 ? (line[2..colon], line[(colon + 2)..]) : (line[2..], "");
            read.Add((Plain(Unquoted(name)), LongValue().IsMatch(rest) ? "" : Unquoted(rest)));
        }

        return read;
    }

    private static string Unquoted(string shown) => shown is ['"', .. var quoted, '"'] ? quoted : shown;

    private static string Plain(string shown) => Escape().Replace(shown, match => match.Value switch
    {
        @"\n" => "\n",
        @"\r" => "\r",
        @"\t" => "\t",
        @"\\" => "\\",
        "\\\"" => "\"",
        var code when code.StartsWith(@"\u{", StringComparison.Ordinal) => char.ConvertFromUtf32(Convert.ToInt32(code[3..^1], 16)),
        var code => $"{(char)Convert.ToInt32(code[2..], 16)}",
    });

    [GeneratedRegex(@"^[0-9]+ lines, [0-9,]+ characters$")]
    private static partial Regex LongValue();

    [GeneratedRegex(@"\\u\{[0-9a-f]+\}")]
    private static partial Regex LongEscape();

    [GeneratedRegex(@"\\(?:n|r|t|\\|""|u\{[0-9a-f]+\}|u[0-9a-f]{4})")]
    private static partial Regex Escape();
}
