using System.Globalization;
using System.Text.Json;
using PersonalAi.Memory.Recall.Time;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Recall.Time;

/// <summary>How many phrases of a set that others wrote are read as they read them.</summary>
public sealed class TimePhrasesEvaluationTests
{
    // What stays are readings of theirs that we do not share: "may I ask" as a day in May, "15.01.2024" and "next week" as no time at all.
    private const double LeastRight = 0.955;
    private const double LeastNone = 0.90;

    [Fact]
    public void The_first_phrase_covers_the_days_that_the_set_names()
    {
        var cases = Cases();

        var right = cases.Count(one => one.Expected == one.Found);
        var misses = string.Join('\n', cases.Where(one => one.Expected != one.Found));

        Assert.True(right >= LeastRight * cases.Count, $"{right} of {cases.Count} are right.\n{misses}");
    }

    [Fact]
    public void Texts_without_a_time_have_no_phrase()
    {
        var none = Cases().Where(one => one.Expected is null).ToList();

        var right = none.Count(one => one.Found is null);

        Assert.True(right >= LeastNone * none.Count, $"{right} of {none.Count} are right.");
    }

    private static List<Case> Cases()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(TestData.Path("time/phrases_half_a.json")));
        return [.. file.RootElement.EnumerateObject().Select(one => CaseOf(one.Name.Split('\u001f', 2), one.Value))];
    }

    private static Case CaseOf(string[] name, JsonElement expected)
    {
        var now = DateTime.Parse(name[0], CultureInfo.InvariantCulture);
        var found = TimePhrases.Find(name[1], now);
        return new Case(
            now,
            name[1],
            expected.ValueKind == JsonValueKind.Null ? null : (DateOnly.FromDateTime(expected[0].GetDateTime()), DateOnly.FromDateTime(expected[1].GetDateTime())),
            found is [{ Range: var range }, ..] ? (DateOnly.FromDateTime(range.From), DateOnly.FromDateTime(range.To.AddTicks(-1))) : null);
    }

    private sealed record Case(DateTime Now, string Text, (DateOnly First, DateOnly Last)? Expected, (DateOnly First, DateOnly Last)? Found);
}
