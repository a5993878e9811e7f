using System.Text.RegularExpressions;

namespace PersonalAi.Memory.Facts.Writing;

/// <summary>Finds what must never be stored, not even to be looked at: passwords, keys, card and account numbers.</summary>
internal static partial class Secrets
{
    public static bool IsIn(string text) => Words().IsMatch(text) || Keys().IsMatch(text) || Numbers().IsMatch(text);

    [GeneratedRegex(@"\b(?:pass(?:word|code|phrase|wort)|pwd|pin(?: code| number|\s*(?:is|:))|cvv|cvc|api[- ]?key|secret key|private key|token is|2fa|one-time code|recovery (?:code|phrase)|seed phrase|iban|sort code|social security|ssn|passport number|security code|login is)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Words();

    [GeneratedRegex(@"\b(?:sk|pk|ghp|gho|xox[abp]|AKIA|eyJ)[-_A-Za-z0-9]{12,}|-----BEGIN|\b(?=[A-Za-z0-9+/_-]{24,}\b)(?=\S*\d)(?=\S*[A-Za-z])[A-Za-z0-9+/_-]+")]
    private static partial Regex Keys();

    // 12 to 19 digits, in groups or not, as on a card; or an IBAN.
    [GeneratedRegex(@"(?<!\d)(?:\d[ -]?){11,18}\d(?!\d)|\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}")]
    private static partial Regex Numbers();
}
