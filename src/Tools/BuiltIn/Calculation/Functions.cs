using System.Collections.Frozen;
using System.Numerics;

namespace PersonalAi.Tools.BuiltIn.Calculation;

/// <summary>The functions and constants of <see cref="Formula"/>.</summary>
internal static class Functions
{
    private const int MostFactorial = 400;

    private static readonly FrozenDictionary<string, Rational> Constants = new Dictionary<string, Rational>
    {
        ["pi"] = Rational.FromDouble(Math.PI),
        ["tau"] = Rational.FromDouble(Math.Tau),
        ["e"] = Rational.FromDouble(Math.E),
        ["phi"] = Rational.FromDouble((1 + Math.Sqrt(5)) / 2),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Func<Rational, Rational>> OfOne = new Dictionary<string, Func<Rational, Rational>>
    {
        ["sqrt"] = SquareRoot,
        ["cbrt"] = Real(Math.Cbrt),
        ["abs"] = value => value < 0 ? -value : value,
        ["floor"] = value => value.Floor(),
        ["ceil"] = value => -(-value).Floor(),
        ["round"] = value => value.Round(),
        ["trunc"] = value => value < 0 ? -(-value).Floor() : value.Floor(),
        ["exp"] = Real(Math.Exp),
        ["ln"] = Real(Math.Log),
        ["log"] = Real(Math.Log10),
        ["log10"] = Real(Math.Log10),
        ["log2"] = Real(Math.Log2),
        ["sin"] = Real(Math.Sin),
        ["cos"] = Real(Math.Cos),
        ["tan"] = Real(Math.Tan),
        ["asin"] = Real(Math.Asin),
        ["acos"] = Real(Math.Acos),
        ["atan"] = Real(Math.Atan),
        ["deg"] = value => value * 180 / Constants["pi"],
        ["rad"] = value => value * Constants["pi"] / 180,
        ["factorial"] = Factorial,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Func<Rational, Rational, Rational>> OfTwo = new Dictionary<string, Func<Rational, Rational, Rational>>
    {
        ["pow"] = Power,
        ["mod"] = (left, right) => left % right,
        ["log"] = (value, radix) => Rational.FromDouble(Math.Log(value.ToDouble(), radix.ToDouble())),
        ["round"] = (value, decimals) => (value * Power(10, decimals)).Round() / Power(10, decimals),
        ["gcd"] = (left, right) => BigInteger.GreatestCommonDivisor(Whole(left), Whole(right)),
        ["lcm"] = (left, right) => Whole(left) * Whole(right) / BigInteger.GreatestCommonDivisor(Whole(left), Whole(right)),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Func<IReadOnlyList<Rational>, Rational>> OfMany = new Dictionary<string, Func<IReadOnlyList<Rational>, Rational>>
    {
        ["min"] = values => values.Aggregate((least, value) => value < least ? value : least),
        ["max"] = values => values.Aggregate((most, value) => value > most ? value : most),
        ["sum"] = Sum,
        ["avg"] = values => Sum(values) / values.Count,
        ["mean"] = values => Sum(values) / values.Count,
        ["average"] = values => Sum(values) / values.Count,
    }.ToFrozenDictionary();

    /// <summary>The constant of that name; null where there is none.</summary>
    public static Rational? Constant(string name) => Constants.TryGetValue(name, out var value) ? value : null;

    public static bool IsKnown(string name) => OfOne.ContainsKey(name) || OfTwo.ContainsKey(name) || OfMany.ContainsKey(name);

    /// <summary>The value of a function.</summary>
    /// <exception cref="ToolException">There is no such function, or it has no value there.</exception>
    public static Rational Call(string name, IReadOnlyList<Rational> arguments) => arguments switch
    {
        _ when OfMany.TryGetValue(name, out var ofMany) => ofMany(arguments),
        [var one] when OfOne.TryGetValue(name, out var ofOne) => ofOne(one),
        [var first, var second] when OfTwo.TryGetValue(name, out var ofTwo) => ofTwo(first, second),
        _ when IsKnown(name) => throw new ToolException($"'{name}' does not take {arguments.Count} arguments: give it {(OfOne.ContainsKey(name) ? "one" : "two")}."),
        _ => throw Unknown(name),
    };

    public static ToolException Unknown(string name) =>
        new($"'{name}' is not known: use numbers, + - * / ^ %, pi, e, and {string.Join(", ", OfOne.Keys.Concat(OfTwo.Keys).Concat(OfMany.Keys).Distinct().Order(StringComparer.Ordinal))}.");

    public static Rational Factorial(Rational value)
    {
        var count = Whole(value);
        return count.Sign < 0 || count > MostFactorial
            ? throw new ToolException($"The factorial of {value} cannot be calculated: use a whole number from 0 to {MostFactorial}.")
            : Enumerable.Range(1, (int)count).Aggregate(BigInteger.One, (product, factor) => product * factor);
    }

    public static Rational Power(Rational value, Rational exponent)
    {
        if (exponent.IsInteger)
        {
            return value.Power(exponent.Numerator);
        }

        return exponent == (Rational)1 / 2 ? SquareRoot(value) : Rational.FromDouble(Math.Pow(value.ToDouble(), exponent.ToDouble()));
    }

    private static Func<Rational, Rational> Real(Func<double, double> function) => value => Rational.FromDouble(function(value.ToDouble()));

    // The root of a square is exact, as everybody expects of sqrt(16) and of sqrt(0.25).
    private static Rational SquareRoot(Rational value)
    {
        if (value < 0)
        {
            throw new ToolException($"The square root of {value} is not a real number: check the sign.");
        }

        var numerator = Root(value.Numerator);
        var denominator = Root(value.Denominator);
        return value.IsExact && numerator * numerator == value.Numerator && denominator * denominator == value.Denominator
            ? (Rational)numerator / denominator
            : Rational.FromDouble(Math.Sqrt(value.ToDouble()));
    }

    // Newton's method from above.
    private static BigInteger Root(BigInteger square)
    {
        if (square.IsZero)
        {
            return square;
        }

        var root = BigInteger.One << (int)((square.GetBitLength() + 1) / 2);
        while ((root + (square / root)) / 2 is var next && next < root)
        {
            root = next;
        }

        return root;
    }

    private static Rational Sum(IReadOnlyList<Rational> values) => values.Aggregate((sum, value) => sum + value);

    private static BigInteger Whole(Rational value) => value.IsInteger ? value.Numerator : throw new ToolException($"{value} is not a whole number, and one is needed there.");
}
