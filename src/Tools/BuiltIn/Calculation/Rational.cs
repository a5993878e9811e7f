using System.Globalization;
using System.Numerics;

namespace PersonalAi.Tools.BuiltIn.Calculation;

/// <summary>A fraction of whole numbers in lowest terms: sums of it are exact, and 0.1 + 0.2 is 0.3.</summary>
internal readonly record struct Rational
{
    // Some 1,200 digits: enough for everything that is counted, and quick to multiply.
    private const int MostBits = 4_096;
    private const int ShownDigits = 15;
    private const int MostExactDigits = 40;

    private Rational(BigInteger numerator, BigInteger denominator, bool isExact)
    {
        if (denominator.IsZero)
        {
            throw new ToolException("This divides by zero: there is no result; change the expression.");
        }

        if (Math.Max(numerator.GetBitLength(), denominator.GetBitLength()) > MostBits)
        {
            throw new ToolException("The result or a part of it is too large or too small to be calculated: use smaller numbers.");
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        (Numerator, Denominator, IsExact) = (numerator / divisor, denominator / divisor, isExact);
    }

    /// <summary>The number above the line; carries the sign.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The number below the line, above zero.</summary>
    public BigInteger Denominator { get; }

    /// <summary>Whether it is the value itself, not the closest that a function of real numbers could be calculated to.</summary>
    public bool IsExact { get; }

    public bool IsInteger => Denominator.IsOne;

    public static implicit operator Rational(BigInteger value) => new(value, BigInteger.One, isExact: true);

    public static implicit operator Rational(long value) => (BigInteger)value;

    public static Rational operator +(Rational left, Rational right) =>
        new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator, left.IsExact && right.IsExact);

    public static Rational operator -(Rational value) => new(-value.Numerator, value.Denominator, value.IsExact);

    public static Rational operator -(Rational left, Rational right) => left + -right;

    public static Rational operator *(Rational left, Rational right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator, left.IsExact && right.IsExact);

    public static Rational operator /(Rational left, Rational right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator, left.IsExact && right.IsExact);

    /// <summary>What is left of a division; it has the divisor's sign, as in mathematics.</summary>
    public static Rational operator %(Rational left, Rational right) => left - (right * (left / right).Floor());

    public static bool operator <(Rational left, Rational right) => (left - right).Numerator.Sign < 0;

    public static bool operator >(Rational left, Rational right) => right < left;

    /// <summary>The number that a text of digits writes, with a point and an exponent or without.</summary>
    /// <exception cref="ToolException">It is too large or too small.</exception>
    public static Rational Parse(string digits)
    {
        var parts = digits.ToLowerInvariant().Split('e');
        var exponent = 0;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs((long)exponent) > MostBits))
        {
            throw new ToolException($"'{digits}' is too large or too small to be calculated: use an exponent of at most three digits.");
        }

        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : parts[0].Length - point - 1;
        var whole = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return whole * PowerOfTen(exponent - decimals);
    }

    /// <summary>The value closest to a number of real arithmetic.</summary>
    /// <exception cref="ToolException">It is none.</exception>
    public static Rational FromDouble(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ToolException("The result is not a real number or is too large: check the expression, such as the logarithm of a negative number.");
        }

        var closest = Parse(value.ToString("E16", CultureInfo.InvariantCulture));
        return new(closest.Numerator, closest.Denominator, isExact: false);
    }

    public double ToDouble() => double.Parse(Rounded(17), CultureInfo.InvariantCulture);

    public BigInteger Floor() => BigInteger.DivRem(Numerator, Denominator, out var rest) - (rest.Sign < 0 ? 1 : 0);

    /// <summary>The integer that is closest; halves go away from zero, as people round.</summary>
    public BigInteger Round() => Numerator.Sign * (((2 * BigInteger.Abs(Numerator)) + Denominator) / (2 * Denominator));

    /// <summary>The value to the power of a whole number.</summary>
    /// <exception cref="ToolException">The result is too large, or divides by zero.</exception>
    public Rational Power(BigInteger exponent)
    {
        var size = Math.Max(BigInteger.Abs(Numerator).GetBitLength(), Denominator.GetBitLength());
        if (size > 1 && BigInteger.Abs(exponent) * (size - 1) > MostBits)
        {
            throw new ToolException("The power is too large to be calculated: use smaller numbers.");
        }

        // Only 0, 1 and -1 have powers beyond that, and of them only the exponent's parity counts.
        var count = size > 1 ? (int)BigInteger.Abs(exponent) : exponent.IsZero ? 0 : exponent.IsEven ? 2 : 1;
        var power = new Rational(BigInteger.Pow(Numerator, count), BigInteger.Pow(Denominator, count), IsExact);
        return exponent.Sign < 0 ? 1 / power : power;
    }

    /// <summary>The value as people write it: exact where it ends within 40 digits, otherwise rounded to 15.</summary>
    public override string ToString()
    {
        if (IsExact && Decimals() is { } decimals)
        {
            var digits = (BigInteger.Abs(Numerator) * BigInteger.Pow(10, decimals) / Denominator).ToString(CultureInfo.InvariantCulture);
            if (digits.Length <= MostExactDigits && decimals <= MostExactDigits)
            {
                return Place(digits, decimals);
            }
        }

        return Rounded(ShownDigits);
    }

    /// <summary>Whether <see cref="ToString"/> writes less than the value.</summary>
    public bool IsRounded => !IsExact || Parse(ToString()) != this;

    private static Rational PowerOfTen(int exponent) =>
        exponent < 0 ? new Rational(BigInteger.One, BigInteger.Pow(10, -exponent), isExact: true) : BigInteger.Pow(10, exponent);

    // The number of decimals with which the value ends; null where it never does.
    private int? Decimals()
    {
        var (twos, fives, rest) = (0, 0, Denominator);
        for (; rest.IsEven; rest >>= 1)
        {
            twos++;
        }

        for (; (rest % 5).IsZero; rest /= 5)
        {
            fives++;
        }

        return rest.IsOne ? Math.Max(twos, fives) : null;
    }

    private string Rounded(int significant)
    {
        if (Numerator.IsZero)
        {
            return "0";
        }

        var magnitude = BigInteger.Abs(Numerator);
        var exponent = (int)Math.Floor(BigInteger.Log10(magnitude) - BigInteger.Log10(Denominator));
        var scaled = (new Rational(magnitude, Denominator, isExact: true) * PowerOfTen(significant - 1 - exponent)).Round();
        var digits = scaled.ToString(CultureInfo.InvariantCulture);
        exponent += digits.Length - significant;
        digits = digits.TrimEnd('0');
        if (exponent is >= -7 and < 21)
        {
            return exponent >= digits.Length - 1 ? Place(digits.PadRight(exponent + 1, '0'), 0) : Place(digits, digits.Length - 1 - exponent);
        }

        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{(Numerator.Sign < 0 ? "-" : "")}{mantissa}e{exponent}");
    }

    private string Place(string digits, int decimals)
    {
        var padded = digits.PadLeft(decimals + 1, '0');
        return $"{(Numerator.Sign < 0 ? "-" : "")}{padded[..^decimals]}{(decimals > 0 ? $".{padded[^decimals..]}" : "")}";
    }
}
