namespace PersonalAi.Assistant.Privacy.Redaction.Identifiers;

/// <summary>Which first digits and lengths numbers of cards have (ISO/IEC 7812, as the issuers publish them).</summary>
internal static class CardIssuers
{
    private static readonly (int First, int Last, int Shortest, int Longest)[] Ranges =
    [
        (4000, 4999, 13, 19), // Visa
        (5100, 5599, 16, 16), (2221, 2720, 16, 16), // Mastercard
        (3400, 3499, 15, 15), (3700, 3799, 15, 15), // American Express
        (3000, 3059, 14, 19), (3095, 3095, 14, 19), (3600, 3699, 14, 19), (3800, 3999, 14, 19), // Diners Club
        (6011, 6011, 16, 19), (6440, 6599, 16, 19), // Discover
        (3500, 3599, 16, 19), (1800, 1800, 15, 15), (2131, 2131, 15, 15), // JCB
        (6200, 6299, 16, 19), (8100, 8199, 16, 19), // UnionPay
        (2200, 2204, 16, 19), // Mir
        (9792, 9792, 16, 16), // Troy
        (5000, 5099, 12, 19), (5600, 5899, 12, 19), (6000, 6999, 12, 19), // Maestro, RuPay
    ];

    /// <summary>Whether an issuer gives numbers with such a beginning and length.</summary>
    /// <param name="digits">Digits, at least four.</param>
    public static bool Know(ReadOnlySpan<char> digits)
    {
        var (start, length) = (int.Parse(digits[..4], System.Globalization.CultureInfo.InvariantCulture), digits.Length);
        return Array.Exists(Ranges, range => range.First <= start && start <= range.Last && range.Shortest <= length && length <= range.Longest);
    }
}
