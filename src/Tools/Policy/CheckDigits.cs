namespace PersonalAi.Tools.Policy;

/// <summary>The check digits that numbers of cards and accounts carry.</summary>
public static class CheckDigits
{
    /// <summary>Whether the digits of a text end with Luhn's check digit (ISO/IEC 7812-1); other characters are passed over.</summary>
    public static bool IsCardNumber(ReadOnlySpan<char> text)
    {
        var (sum, place, isZero) = (0, 0, true);
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            var value = (text[i] - '0') * (place++ % 2 + 1);
            sum += value > 9 ? value - 9 : value;
            isZero &= value == 0;
        }

        return sum % 10 == 0 && !isZero;
    }

    /// <summary>Whether the letters and digits of a text are an account number with right check digits (IBAN, ISO 13616).</summary>
    // The country and its check digits behind the rest, letters as numbers from ten on, leave one of 97.
    public static bool IsAccountNumber(ReadOnlySpan<char> text)
    {
        Span<char> plain = stackalloc char[40];
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                if (length == plain.Length)
                {
                    return false;
                }

                plain[length++] = char.ToUpperInvariant(c);
            }
        }

        var rest = 0;
        for (var i = 0; i < length; i++)
        {
            var c = plain[(i + 4) % length];
            rest = char.IsAsciiDigit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
        }

        return length > 4 && rest == 1;
    }
}
