using System.Globalization;
using System.Numerics;

namespace PersonalAi.Adapters.Llama.Grammar.Gbnf;

/// <summary>Digits that spell a number between two others.</summary>
internal static class DigitRange
{
    public static GbnfNode Digit { get; } = new GbnfNode.Characters(CharacterSet.Of(('0', '9')));

    public static GbnfNode NonZero { get; } = new GbnfNode.Characters(CharacterSet.Of(('1', '9')));

    public static GbnfNode Fraction(int digits) => GbnfNode.Join(GbnfNode.Text("."), new GbnfNode.Repetition(Digit, 1, digits));

    /// <summary>A fraction of at most this many digits that is not zero.</summary>
    public static GbnfNode NonZeroFraction(int digits) => GbnfNode.Join([
        GbnfNode.Text("."),
        GbnfNode.OneOf(Enumerable.Range(0, digits).Select(zeros => GbnfNode.Join(
            GbnfNode.Text(new string('0', zeros)), NonZero, digits - zeros == 1 ? GbnfNode.Empty : new GbnfNode.Repetition(Digit, 0, digits - zeros - 1)))),
    ]);

    /// <summary>Every integer from <paramref name="first"/> to <paramref name="last"/> without leading zeros, both at least zero.</summary>
    public static GbnfNode Between(BigInteger first, BigInteger last)
    {
        var alternatives = new List<GbnfNode>();
        if (first.IsZero)
        {
            alternatives.Add(GbnfNode.Text("0"));
            first = 1;
        }

        while (first <= last)
        {
            var length = Text(first).Length;
            var fullUpTo = FullLengths(first, last, length);
            if (fullUpTo > 0)
            {
                alternatives.Add(GbnfNode.Join(NonZero, Digits(length - 1, fullUpTo - 1)));
                first = BigInteger.Pow(10, fullUpTo);
                continue;
            }

            var end = BigInteger.Min(last, BigInteger.Pow(10, length) - 1);
            alternatives.Add(SameLength(Text(first), Text(end)));
            first = end + 1;
        }

        return GbnfNode.OneOf(alternatives);
    }

    // The longest length up to which every number of that many digits is in the range, or 0.
    private static int FullLengths(BigInteger first, BigInteger last, int length)
    {
        if (first != BigInteger.Pow(10, length - 1))
        {
            return 0;
        }

        var full = 0;
        for (var next = length; BigInteger.Pow(10, next) - 1 <= last; next++)
        {
            full = next;
        }

        return full;
    }

    private static GbnfNode SameLength(string first, string last)
    {
        if (first.Length == 0)
        {
            return GbnfNode.Empty;
        }

        if (first[0] == last[0])
        {
            return GbnfNode.Join(GbnfNode.Text(first[..1]), SameLength(first[1..], last[1..]));
        }

        var (low, high) = (first[0], last[0]);
        var alternatives = new List<GbnfNode>();
        if (first[1..].Any(digit => digit != '0'))
        {
            alternatives.Add(GbnfNode.Join(GbnfNode.Text(first[..1]), SameLength(first[1..], new string('9', first.Length - 1))));
            low++;
        }

        var top = last[1..].Any(digit => digit != '9') ? (char)(high - 1) : high;
        if (low <= top)
        {
            alternatives.Add(GbnfNode.Join(DigitsFrom(low, top), Digits(first.Length - 1, first.Length - 1)));
        }

        if (top != high)
        {
            alternatives.Add(GbnfNode.Join(GbnfNode.Text(last[..1]), SameLength(new string('0', last.Length - 1), last[1..])));
        }

        return GbnfNode.OneOf(alternatives);
    }

    private static GbnfNode DigitsFrom(char first, char last) =>
        first == last ? GbnfNode.Text(first.ToString()) : new GbnfNode.Characters(CharacterSet.Of((first, last)));

    private static GbnfNode Digits(int min, int max) => (min, max) switch
    {
        (_, 0) => GbnfNode.Empty,
        (1, 1) => Digit,
        _ => new GbnfNode.Repetition(Digit, min, max),
    };

    private static string Text(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
