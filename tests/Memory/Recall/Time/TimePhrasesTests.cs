using System.Globalization;
using PersonalAi.Memory.Recall.Time;
using Xunit;

namespace PersonalAi.Tests.Memory.Recall.Time;

/// <summary>What phrases mean on Wednesday, 12 August 2026, at half past two in the afternoon.</summary>
public sealed class TimePhrasesTests
{
    private static readonly DateTime Now = new(2026, 8, 12, 14, 30, 0);

    [Theory]
    [InlineData("what did I do on 2024-01-15?", "on 2024-01-15")]
    [InlineData("2024/01/15", "2024/01/15")]
    [InlineData("01/15/2024", "01/15/2024")]
    [InlineData("15/01/2024", "15/01/2024")]
    [InlineData("am 15.01.2024", "am 15.01.2024")]
    [InlineData("15 January 2024", "15 January 2024")]
    [InlineData("Jan 15, 2024 was cold", "Jan 15, 2024")]
    [InlineData("January 15th 2024", "January 15th 2024")]
    [InlineData("the fifteenth of January 2024", "the fifteenth of January 2024")]
    [InlineData("Besprechung am 15. Januar 2024", "am 15. Januar 2024")]
    [InlineData("réunion du 15 janvier 2024", "du 15 janvier 2024")]
    [InlineData("reunión del 15 de enero de 2024", "del 15 de enero de 2024")]
    [InlineData("riunione del 15 gennaio 2024", "del 15 gennaio 2024")]
    [InlineData("em 15 de janeiro de 2024", "em 15 de janeiro de 2024")]
    [InlineData("встреча 15 января 2024 года", "15 января 2024 года")]
    [InlineData("2024年1月15日的会议", "2024年1月15日")]
    [InlineData("２０２４年１月１５日", "２０２４年１月１５日")]
    [InlineData("二〇二四年一月十五日", "二〇二四年一月十五日")]
    public void Dates_in_all_their_spellings_are_that_day(string text, string phrase) => Means(text, phrase, "2024-01-15", "2024-01-16");

    [Theory]
    [InlineData("3 March", "2026-03-03", "2026-03-04")]
    [InlineData("November 3rd", "2025-11-03", "2025-11-04")]
    [InlineData("29 February", "2024-02-29", "2024-03-01")]
    [InlineData("twenty-first of May", "2026-05-21", "2026-05-22")]
    [InlineData("le 1er mars", "2026-03-01", "2026-03-02")]
    [InlineData("el 3 de marzo del año pasado", "2025-03-03", "2025-03-04")]
    [InlineData("August", "2026-08-01", "2026-09-01")]
    [InlineData("im Dezember", "2025-12-01", "2026-01-01")]
    [InlineData("last March", "2026-03-01", "2026-04-01")]
    [InlineData("last September", "2025-09-01", "2025-10-01")]
    [InlineData("next March", "2027-03-01", "2027-04-01")]
    [InlineData("в марте прошлого года", "2025-03-01", "2025-04-01")]
    [InlineData("去年三月", "2025-03-01", "2025-04-01")]
    [InlineData("in 2024", "2024-01-01", "2025-01-01")]
    [InlineData("2024年", "2024-01-01", "2025-01-01")]
    [InlineData("Q2", "2026-04-01", "2026-07-01")]
    [InlineData("Q4 2024", "2024-10-01", "2025-01-01")]
    [InlineData("the second quarter of last year", "2025-04-01", "2025-07-01")]
    [InlineData("第二季度", "2026-04-01", "2026-07-01")]
    [InlineData("H1 2024", "2024-01-01", "2024-07-01")]
    [InlineData("下半年", "2026-07-01", "2027-01-01")]
    public void What_a_date_leaves_out_is_taken_from_now(string text, string from, string to) => Means(text, text, from, to);

    [Theory]
    [InlineData("today", "2026-08-12", "2026-08-13")]
    [InlineData("vorgestern", "2026-08-10", "2026-08-11")]
    [InlineData("après-demain", "2026-08-14", "2026-08-15")]
    [InlineData("three days ago", "2026-08-09", "2026-08-10")]
    [InlineData("twenty-one days ago", "2026-07-22", "2026-07-23")]
    [InlineData("1mon ago", "2026-07-12", "2026-07-13")]
    [InlineData("vor einem Monat", "2026-07-12", "2026-07-13")]
    [InlineData("il y a 5 jours", "2026-08-07", "2026-08-08")]
    [InlineData("hace dos años", "2024-08-12", "2024-08-13")]
    [InlineData("due settimane fa", "2026-07-29", "2026-07-30")]
    [InlineData("há 5 dias", "2026-08-07", "2026-08-08")]
    [InlineData("неделю назад", "2026-08-05", "2026-08-06")]
    [InlineData("二十一天前", "2026-07-22", "2026-07-23")]
    [InlineData("a couple of weeks ago", "2026-07-22", "2026-08-06")]
    [InlineData("несколько дней назад", "2026-08-07", "2026-08-11")]
    [InlineData("in 3 days", "2026-08-15", "2026-08-16")]
    [InlineData("через 3 дня", "2026-08-15", "2026-08-16")]
    [InlineData("two weeks before 3 March 2025", "2025-02-17", "2025-02-18")]
    [InlineData("the last 3 days", "2026-08-09", "2026-08-13")]
    [InlineData("les 3 derniers jours", "2026-08-09", "2026-08-13")]
    [InlineData("seit drei Tagen", "2026-08-09", "2026-08-13")]
    [InlineData("过去一周", "2026-08-05", "2026-08-13")]
    public void Stretches_of_time_count_from_today(string text, string from, string to) => Means(text, text, from, to);

    [Theory]
    [InlineData("last week", "2026-08-03", "2026-08-10")]
    [InlineData("nächste Woche", "2026-08-17", "2026-08-24")]
    [InlineData("vorletzte Woche", "2026-07-27", "2026-08-03")]
    [InlineData("上上周", "2026-07-27", "2026-08-03")]
    [InlineData("le mois dernier", "2026-07-01", "2026-08-01")]
    [InlineData("il mese scorso", "2026-07-01", "2026-08-01")]
    [InlineData("este año", "2026-01-01", "2027-01-01")]
    [InlineData("semana passada", "2026-08-03", "2026-08-10")]
    [InlineData("the weekend", "2026-08-08", "2026-08-10")]
    [InlineData("this weekend", "2026-08-15", "2026-08-17")]
    [InlineData("прошлые выходные", "2026-08-08", "2026-08-10")]
    [InlineData("on Tuesday", "2026-08-11", "2026-08-12")]
    [InlineData("on Wednesday", "2026-08-05", "2026-08-06")]
    [InlineData("next Friday", "2026-08-14", "2026-08-15")]
    [InlineData("mardi dernier", "2026-08-11", "2026-08-12")]
    [InlineData("Tuesday of last week", "2026-08-04", "2026-08-05")]
    [InlineData("上周三", "2026-08-05", "2026-08-06")]
    public void Weeks_begin_on_Monday_and_months_on_the_first(string text, string from, string to) => Means(text, text, from, to);

    [Theory]
    [InlineData("this morning", "2026-08-12T05:00", "2026-08-12T12:00")]
    [InlineData("yesterday at 3pm", "2026-08-11T15:00", "2026-08-11T16:00")]
    [InlineData("gestern Abend", "2026-08-11T18:00", "2026-08-12T00:00")]
    [InlineData("last night", "2026-08-11T18:00", "2026-08-12T06:00")]
    [InlineData("昨晚", "2026-08-11T18:00", "2026-08-12T06:00")]
    [InlineData("at 15:30", "2026-08-12T15:00", "2026-08-12T16:00")]
    [InlineData("the last 24 hours", "2026-08-11T14:30", "2026-08-12T14:30")]
    public void Hours_lie_in_their_day(string text, string from, string to) => Means(text, text, from, to);

    [Theory]
    [InlineData("between May and July 2024", "2024-05-01", "2024-08-01")]
    [InlineData("from November to February 2024", "2023-11-01", "2024-03-01")]
    [InlineData("from March 2024 to May", "2024-03-01", "2024-06-01")]
    [InlineData("May–July 2024", "2024-05-01", "2024-08-01")]
    [InlineData("3 to 5 May 2024", "2024-05-03", "2024-05-06")]
    [InlineData("vom 3. bis 5. Mai 2024", "2024-05-03", "2024-05-06")]
    [InlineData("from Friday to Tuesday", "2026-08-07", "2026-08-12")]
    [InlineData("entre mayo y julio de 2024", "2024-05-01", "2024-08-01")]
    [InlineData("с мая по июль 2024", "2024-05-01", "2024-08-01")]
    [InlineData("三月到五月", "2026-03-01", "2026-06-01")]
    public void A_span_reaches_from_the_first_time_to_the_end_of_the_last(string text, string from, string to) => Means(text, text, from, to);

    [Theory]
    [InlineData("since Tuesday", "2026-08-11", null)]
    [InlineData("after 3 March 2025", "2025-03-04", null)]
    [InlineData("seit Mai", "2026-05-01", null)]
    [InlineData("before June", null, "2026-06-01")]
    [InlineData("until 2024-01-15", null, "2024-01-16")]
    [InlineData("antes de junio", null, "2026-06-01")]
    [InlineData("六月之前", null, "2026-06-01")]
    public void A_bound_leaves_one_end_open(string text, string? from, string? to)
    {
        var phrase = Assert.Single(TimePhrases.Find(text, Now));

        Assert.Equal(new TimeRange(from is null ? DateTime.MinValue : Day(from), to is null ? DateTime.MaxValue : Day(to)), phrase.Range);
        Assert.Equal((0, text.Length), (phrase.Start, phrase.Length));
    }

    [Theory]
    [InlineData("may I ask what the march of progress is, and do we sat in the sun?")]
    [InlineData("this may be the second time")]
    [InlineData("they wed, he sat, mar")]
    [InlineData("before the trip")]
    [InlineData("2000 tokens, 3:30pm, v1.5.2, 1.5 years ago")]
    [InlineData("31 February 2020 and 2020-13-45 and June 0000")]
    [InlineData("retry_march_2024 yesterdays lastWeek")]
    [InlineData("Guten Morgen, was ist hier passiert?")]
    [InlineData("por la mañana")]
    [InlineData("上海的天气 一百万年前")]
    public void Words_that_only_look_like_times_are_none(string text) => Assert.Empty(TimePhrases.Find(text, Now));

    [Fact]
    public void Several_phrases_are_found_in_their_order()
    {
        const string Text = "Was it yesterday's mail, la semaine dernière, or 上周?";

        var found = TimePhrases.Find(Text, Now);

        Assert.Equal(["yesterday", "la semaine dernière", "上周"], found.Select(phrase => Text.Substring(phrase.Start, phrase.Length)));
    }

    [Theory]
    [InlineData("three months ago", TimeUnit.Month)]
    [InlineData("yesterday", TimeUnit.Day)]
    [InlineData("in 2024", TimeUnit.Year)]
    public void A_phrase_says_how_exactly_it_speaks(string text, TimeUnit unit) => Assert.Equal(unit, Assert.Single(TimePhrases.Find(text, Now)).Unit);

    private static void Means(string text, string phrase, string from, string to) => Assert.Equal(
        [(phrase, new TimeRange(Day(from), Day(to)))],
        TimePhrases.Find(text, Now).Select(found => (text.Substring(found.Start, found.Length), found.Range)));

    private static DateTime Day(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
