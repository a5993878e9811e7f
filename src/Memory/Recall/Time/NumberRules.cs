namespace PersonalAi.Memory.Recall.Time;

/// <summary>Reads numbers: digits of any script, words ("twenty-one"), Chinese numerals.</summary>
internal sealed class NumberRules(TermCursor cursor)
{
    private const int LongestNumeral = 10;

    /// <summary>How many of something.</summary>
    public int? Count() => cursor.Digits() ?? Word() ?? Numeral();

    /// <summary>A number of Chinese digits and multipliers, from 一 to 亿.</summary>
    public int? Numeral()
    {
        var (total, section, digits, start) = (0L, 0L, -1L, cursor.Position);
        while (cursor.Position - start < LongestNumeral)
        {
            if (cursor.Take(Role.Digit) is { } digit)
            {
                digits = (Math.Max(digits, 0) * 10) + digit.Value;
            }
            else if (cursor.Take(Role.Multiplier) is { } multiplier)
            {
                // From 万 on it multiplies all before it; below, only the digit, which may be missing: 十.
                (total, section, digits) = multiplier.Value >= 10_000
                    ? ((total + section + Math.Max(digits, 0)) * multiplier.Value, 0, -1)
                    : (total, section + (Math.Abs(digits) * multiplier.Value), -1);
            }
            else
            {
                break;
            }
        }
        return cursor.Position > start ? (int)Math.Clamp(total + section + Math.Max(digits, 0), 0, int.MaxValue) : null;
    }

    /// <summary>A year of four digits, as people write years.</summary>
    public int? Year() => cursor.Next.Text is { Length: 4 } && cursor.Digits() is { } year ? year : null;

    /// <summary>The number of a day in its month: "3", "3rd", "third", "three".</summary>
    public int? DayOfMonth() => OrdinalDay() ?? cursor.Try(() => Count() is >= 1 and <= 31 and var day ? day : (int?)null);

    /// <summary>The number of a day in its month, but not as a plain word: "3", "3rd", "third".</summary>
    public int? OrdinalDay() => cursor.Take(Role.Ordinal)?.Value
        ?? cursor.Try(() => cursor.Next.Text.Length <= 2 && cursor.Digits() is >= 1 and <= 31 and var day && cursor.Skip(Role.OrdinalMark) ? day : (int?)null)
        ?? cursor.Try(() => cursor.Take(Role.Number) is { Value: 20 or 30 } tens && SkipHyphen() && cursor.Take(Role.Ordinal) is { Value: < 10 } ones
            ? tens.Value + ones.Value
            : (int?)null);

    private int? Word()
    {
        if (cursor.Take(Role.Number) is not { } first)
        {
            return null;
        }
        return first.Value % 10 == 0 && first.Value is >= 20 and <= 90 && cursor.Try(() => Ones(first.Value)) is { } ones ? first.Value + ones : first.Value;
    }

    // French counts on to 79 and 99 from sixty and eighty.
    private int? Ones(int tens) =>
        SkipHyphen() && cursor.Skip(Role.And) && cursor.Take(Role.Number) is { } ones && ones.Value < (tens is 60 or 80 ? 20 : 10) ? ones.Value : null;

    private bool SkipHyphen() => cursor.Has("-") || true;
}
