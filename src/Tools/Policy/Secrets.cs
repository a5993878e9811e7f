using System.Numerics;
using System.Text.RegularExpressions;

namespace PersonalAi.Tools.Policy;

/// <summary>Finds what nobody sends out knowingly: keys, tokens, passwords, numbers of cards and accounts.</summary>
internal static partial class Secrets
{
    private const int ShortestToken = 20;

    /// <summary>What kind of secret a text holds; null where it holds none.</summary>
    public static string? FindIn(string text) =>
        PrivateKey().IsMatch(text) ? "a private key"
        : WebToken().IsMatch(text) ? "a web token (JWT)"
        : ApiKey().IsMatch(text) ? "an API key"
        : Password().IsMatch(text) ? "a password"
        : Digits().Matches(text).Any(match => IsCardNumber(match.Value)) ? "the number of a card"
        : AccountNumber().Matches(text).Any(match => IsAccountNumber(match.Value)) ? "the number of a bank account"
        : null;

    /// <summary>Whether a text holds a word that seems drawn at random, as keys and codes are.</summary>
    public static bool HasRandomToken(string text) => Token().Matches(text).Any(match => LooksRandom(match.Value));

    // Luhn's check digit.
    private static bool IsCardNumber(string text)
    {
        var sum = text.Where(char.IsAsciiDigit).Reverse().Select((digit, place) => (digit - '0') * (place % 2 + 1)).Sum(value => value > 9 ? value - 9 : value);
        return sum % 10 == 0 && text.Any(c => c is > '0' and <= '9');
    }

    // ISO 13616: the country and its check digits behind the rest, letters as numbers from ten on, leave one of 97.
    private static bool IsAccountNumber(string text)
    {
        var plain = string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        var digits = string.Concat((plain[4..] + plain[..4]).Select(c => char.IsAsciiDigit(c) ? $"{c}" : $"{c - 'A' + 10}"));
        return BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) % 97 == 1;
    }

    // Words keep to one kind of letters; what is drawn at random changes it at every second place or so.
    private static bool LooksRandom(string token)
    {
        if (Guid.TryParse(token, out _))
        {
            return false;
        }

        var letters = token.Where(char.IsAsciiLetterOrDigit).ToArray();
        var changes = letters.Zip(letters.Skip(1)).Count(pair => KindOf(pair.First) != KindOf(pair.Second));
        return letters.Length >= ShortestToken && letters.Any(char.IsAsciiDigit) && letters.Any(char.IsAsciiLetter) && changes * 10 >= letters.Length * 3 && Entropy(letters) >= 3;
    }

    private static int KindOf(char c) => char.IsAsciiDigit(c) ? 0 : char.IsAsciiLetterUpper(c) ? 1 : 2;

    // Shannon's, in bits for each letter.
    private static double Entropy(char[] letters) => letters.CountBy(c => c).Select(pair => (double)pair.Value / letters.Length).Sum(share => -share * Math.Log2(share));

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY|PuTTY-User-Key-File|AGE-SECRET-KEY-1")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*")]
    private static partial Regex WebToken();

    [GeneratedRegex(@"\b(?:sk|pk|rk)[-_](?:[a-z]+[-_])*[A-Za-z0-9_-]{16,}|\b(?:gh[opusr]_|github_pat_|glpat-|npm_|hf_|xox[abeoprs]-|shpat_|dop_v1_|SG\.)[A-Za-z0-9_.-]{10,}|\b(?:AKIA|ASIA)[A-Z0-9]{12,}|\bAIza[A-Za-z0-9_-]{20,}|\bya29\.[A-Za-z0-9_-]{10,}")]
    private static partial Regex ApiKey();

    [GeneratedRegex(@"\b(?:pass(?:word|wd|code|phrase|wort)?|pwd|pin|cvv|cvc|secret|(?:api|access|secret)[-_ ]?key|(?:access|auth|refresh)[-_ ]?token)\b[""']?\s*(?:[=:]|\bis\b)\s*[""']?\S{3,}|\bBearer\s+\S{8,}|://[^/\s:@]+:[^/\s@]+@", RegexOptions.IgnoreCase)]
    private static partial Regex Password();

    [GeneratedRegex(@"(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.]?\d)")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\b[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?\b")]
    private static partial Regex AccountNumber();

    [GeneratedRegex("[A-Za-z0-9+/_-]{20,}")]
    private static partial Regex Token();
}
