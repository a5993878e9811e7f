using System.Text.RegularExpressions;
using PersonalAi.Assistant.Privacy.Redaction.Reading;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Privacy.Redaction.Identifiers;

/// <summary>Numbers of payment cards: an issuer's digits with Luhn's check digit, or one of both where a card is spoken of.</summary>
internal sealed partial class CardRecogniser : Recogniser
{
    public override IEnumerable<SensitiveSpan> Find(ReadText text)
    {
        foreach (Match match in Digits().Matches(text.Text))
        {
            var digits = string.Concat(match.Value.Where(char.IsAsciiDigit));
            var (isOfIssuer, isRight) = (CardIssuers.Know(digits), CheckDigits.IsCardNumber(digits));
            if (isOfIssuer && isRight || (isOfIssuer || isRight) && Card().IsMatch(text.Before(match.Index, 40)))
            {
                yield return new SensitiveSpan(match.Index, match.Length, SensitiveType.Card, isOfIssuer && isRight ? 1 : 0.7);
            }
        }
    }

    [GeneratedRegex(@"(?<![\w.])\d(?:[ -]?\d){11,18}(?![\w]|[.-]\d)")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\b(?:cards?|cc|visa|master ?card|amex|maestro|credit|debit|karte|carte|tarjeta|carta|cartão)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Card();
}
