namespace PersonalAi.Memory.Recall.Time.Languages;

/// <summary>How Chinese speaks of time; what follows is found by the characters, as no spaces separate words.</summary>
internal static class Chinese
{
    private static readonly string[] Days = ["一", "二", "三", "四", "五", "六", "日|天"];

    public static Vocabulary Words() => new Vocabulary()
        .AddInOrder(Role.Digit, 0, "零|〇", "一", "二|两|兩", "三", "四", "五", "六", "七", "八", "九")
        .Add(Role.Multiplier, 10, "十").Add(Role.Multiplier, 100, "百").Add(Role.Multiplier, 1000, "千")
        .Add(Role.Multiplier, 10_000, "万|萬").Add(Role.Multiplier, 100_000_000, "亿|億")
        .Add(Role.Few, "几|幾|数|好几|若干")
        .Add(TimeUnit.Second, "秒|秒钟").Add(TimeUnit.Minute, "分钟|分鐘").Add(TimeUnit.Hour, "小时|小時|个小时|個小時|钟头|个钟头")
        .Add(TimeUnit.Day, "天|日").Add(TimeUnit.Week, "周|週|星期|个星期|個星期|礼拜|个礼拜|禮拜").Add(TimeUnit.Month, "个月|個月")
        .Add(TimeUnit.Quarter, "季度|个季度|個季度").Add(TimeUnit.Year, "年")
        .Add(Role.HalfYear, "半年")
        .AddInOrder(Role.Weekday, 0, Days.Select(Named))
        .AddInOrder(Role.WeekdayMark, 0, Days)
        .Add(Role.Weekend, "周末|週末")
        .AddInOrder(Role.Quarter, 1, "q1|第一季度|一季度|第1季度", "q2|第二季度|二季度|第2季度", "q3|第三季度|三季度|第3季度", "q4|第四季度|四季度|第4季度")
        .AddInOrder(Role.Half, 1, "上半年", "下半年")
        .AddInOrder(Role.DayOffset, -3, "大前天", "前天", "昨天|昨日", "今天|今日|现在|現在", "明天|明日", "后天|後天", "大后天|大後天")
        .AddInOrder(Role.YearOffset, -2, "前年", "去年", "今年", "明年", "后年|後年")
        .Add(DayPart.Morning, "早上|上午|早晨|清晨|凌晨").Add(DayPart.Afternoon, "中午|下午").Add(DayPart.Evening, "傍晚|晚上|晚").Add(DayPart.Night, "夜里|半夜|夜")
        .Add(Role.TodayPart, (int)DayPart.Morning, "今早|今晨").Add(Role.TodayPart, (int)DayPart.Night, "今晚|今夜")
        .Add(Role.YesterdayPart, (int)DayPart.Night, "昨晚|昨夜")
        .Add(Role.Which, -1, "上|上个|上個|上一个|上一個").Add(Role.Which, 0, "这|這|这个|這個|本|当").Add(Role.Which, 1, "下|下个|下個|下一个|下一個")
        .Add(Role.Which, -2, "上上|上上个|上上個").Add(Role.Which, 2, "下下|下下个|下下個")
        .Add(Role.Past, "最近|过去|過去|近|最近的|过去的|過去的")
        .Add(Role.Ago, "前|之前|以前").Add(Role.FromNow, "后|後|之后|之後|以后|以後")
        .Add(Role.From, "从|從|自").Add(Role.To, "到|至|-").Add(Role.Between, "在").Add(Role.And, "和|与|與")
        .Add(Role.Since, "自|自从|自從|从|從").Add(Role.SinceMark, "以来|以來|起").Add(Role.BeforeMark, "前|之前|以前").Add(Role.AfterMark, "后|後|之后|之後|以后|以後")
        .Add(Role.In, "在|于|於").Add(Role.Of, "的").Add(Role.YearMark, "年").Add(Role.MonthMark, "月|月份").Add(Role.DayMark, "日|号|號");

    private static string Named(string day) =>
        string.Join('|', day.Split('|').SelectMany(name => new[] { "周", "週", "星期", "礼拜", "禮拜" }.Select(week => week + name)));
}
