using System.Text;
using PersonalAi.Memory.Recall.Time;
using Xunit;

namespace PersonalAi.Tests.Memory.Recall.Time;

/// <summary>Whatever the text and the time, the answer is well-formed.</summary>
public sealed class TimePhrasesHostileTests
{
    private static readonly DateTime[] Times = [DateTime.MinValue, new(2024, 2, 29, 12, 0, 0), new(2026, 12, 31, 23, 59, 59), DateTime.MaxValue];

    private static readonly string[] Pieces =
    [
        "last", "next", "week", "month", "year", "monday", "may", "29", "31", "99999999", "0000", "9999", "2024", "-", "/", ".", ":", ",", "'",
        "february", "ago", "in", "between", "and", "from", "to", "since", "before", "after", "the", "of", "a few", "couple", "q4", "at", "pm", "noon",
        "vor", "letzte", "wochen", "bis", "hier", "il y a", "jours", "hace", "días", "fa", "há", "назад", "года", "上", "下", "周", "月", "年", "日", "前",
        "后", "百", "亿", "三", "半", "weekend", "yesterday", "morning", "hours", "seconds", "\ud800", "\udc00", "\0", "\u0301", "🧠", "\ufffe", "ﬁ",
    ];

    [Fact]
    public void Any_text_at_any_time_gives_phrases_inside_it_that_are_not_empty()
    {
        var random = new Random(4);
        for (var round = 0; round < 10_000; round++)
        {
            var text = RandomText(random);
            var found = TimePhrases.Find(text, Times[round % Times.Length]);

            var end = 0;
            foreach (var phrase in found)
            {
                Assert.True(phrase.Start >= end && phrase.Length > 0 && phrase.Start + phrase.Length <= text.Length, text);
                Assert.True(phrase.Range.From < phrase.Range.To, text);
                end = phrase.Start + phrase.Length;
            }
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("a")]
    [InlineData("1 ")]
    [InlineData("1-")]
    [InlineData("一")]
    [InlineData("上")]
    [InlineData("between ")]
    [InlineData("three ")]
    public void Repeats_without_meaning_have_no_phrase(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 10_000));

        Assert.Empty(TimePhrases.Find(text, Times[1]));
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("America/Sao_Paulo")]
    public void A_range_has_moments_in_every_zone(string zone)
    {
        var place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var all = new TimeRange(DateTime.MinValue, DateTime.MaxValue);
        var day = new TimeRange(new DateTime(2026, 7, 1), new DateTime(2026, 7, 2));

        Assert.Equal((DateTimeOffset.MinValue, DateTimeOffset.MaxValue), all.In(place));
        Assert.Equal((day.From, day.To), (day.In(place).From.DateTime, day.In(place).To.DateTime));
        Assert.Equal(place.GetUtcOffset(day.From), day.In(place).From.Offset);
    }

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var count = random.Next(1, 9); count > 0; count--)
        {
            _ = text.Append(Pieces[random.Next(Pieces.Length)]).Append(random.Next(3) == 0 ? "" : " ");
        }
        return text.ToString();
    }
}
