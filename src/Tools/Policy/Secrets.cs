using System.Text.RegularExpressions;

namespace PersonalAi.Tools.Policy;

/// <summary>Finds what nobody sends out knowingly: keys, tokens, passwords, numbers of cards and accounts.</summary>
public static partial class Secrets
{
    private const int ShortestToken = 20;

    private const string PasswordKind = "a password";

    /// <summary>What kind of secret a text holds; null where it holds none.</summary>
    internal static string? FindIn(string text) =>
        Keys(text).Select(secret => secret.Kind).FirstOrDefault()
        ?? (Digits().Matches(text).Any(match => CheckDigits.IsCardNumber(match.Value)) ? "the number of a card"
        : AccountNumber().Matches(text).Any(match => CheckDigits.IsAccountNumber(match.Value)) ? "the number of a bank account"
        : null);

    /// <summary>Whether a text holds a word that seems drawn at random, as keys and codes are.</summary>
    internal static bool HasRandomToken(string text) => Token().Matches(text).Any(match => LooksRandom(match.Value));

    /// <summary>Where keys, tokens and passwords stand, and what seems drawn at random as they are; the same place may come twice.</summary>
    public static IEnumerable<SecretPlace> PlacesIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Keys(text).Concat(Token().Matches(text).Where(match => LooksRandom(match.Value)).Select(match => PlaceOf(match, "a token")));
    }

    private static IEnumerable<SecretPlace> Keys(string text) =>
        PrivateKey().Matches(text).Select(match => PlaceOf(match, "a private key"))
            .Concat(WebToken().Matches(text).Select(match => PlaceOf(match, "a web token (JWT)")))
            .Concat(ApiKey().Matches(text).Select(match => PlaceOf(match, "an API key")))
            .Concat(Password().Matches(text).Select(match => PlaceOf(match, PasswordKind)));

    // Where a name stands before it, the secret is what that names.
    private static SecretPlace PlaceOf(Match match, string kind)
    {
        var value = match.Groups["value"] is { Success: true } named ? named : match;
        return new SecretPlace(value.Index, value.Length, kind);
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

    [GeneratedRegex(@"-----BEGIN [A-Z ]{0,40}PRIVATE KEY[A-Z ]{0,20}(?:-----[A-Za-z0-9+/=:,\s-]{0,20000}-----END [A-Z ]{0,60}-----)?|PuTTY-User-Key-File|AGE-SECRET-KEY-1[A-Z0-9]{0,80}")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*")]
    private static partial Regex WebToken();

    [GeneratedRegex(@"\b(?:sk|pk|rk)[-_](?:[a-z]+[-_])*[A-Za-z0-9_-]{16,}|\b(?:gh[opusr]_|github_pat_|glpat-|npm_|hf_|xox[abeoprs]-|shpat_|dop_v1_|SG\.)[A-Za-z0-9_.-]{10,}|\b(?:AKIA|ASIA)[A-Z0-9]{12,}|\bAIza[A-Za-z0-9_-]{20,}|\bya29\.[A-Za-z0-9_-]{10,}")]
    private static partial Regex ApiKey();

    [GeneratedRegex(@"\b(?:pass(?:word|wd|code|phrase|wort)?|pwd|pin|cvv|cvc|secret|(?:api|access|secret)[-_ ]?key|(?:access|auth|refresh)[-_ ]?token)\b[""']?\s*(?:[=:]|\bis\b)\s*[""']?(?<value>\S{3,})|\bBearer\s+(?<value>\S{8,})|://(?<value>[^/\s:@]+:[^/\s@]+)@", RegexOptions.IgnoreCase)]
    private static partial Regex Password();

    [GeneratedRegex(@"(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.]?\d)")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\b[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?\b")]
    private static partial Regex AccountNumber();

    [GeneratedRegex("[A-Za-z0-9+/_-]{20,}")]
    private static partial Regex Token();
}
