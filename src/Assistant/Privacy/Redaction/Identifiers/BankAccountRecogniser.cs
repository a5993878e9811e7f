using System.Collections.Frozen;
using System.Text.RegularExpressions;
using PersonalAi.Assistant.Privacy.Redaction.Reading;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Privacy.Redaction.Identifiers;

/// <summary>International bank account numbers: the country's length, and check digits that are right unless an IBAN is spoken of.</summary>
internal sealed partial class BankAccountRecogniser : Recogniser
{
    // The IBAN registry of SWIFT: countries by the length of their numbers.
    private static readonly FrozenDictionary<string, int> Lengths = new[]
    {
        (15, "NO"), (16, "BE"), (18, "DK FO FI GL NL SD FK"), (19, "MK SI"), (20, "AT BA EE KZ XK LT LU MN"), (21, "HR LV LI CH"),
        (22, "BH BG CR GE DE IE ME RS GB VA"), (23, "TL GI IQ IL OM SO AE"), (24, "AD CZ MD PK RO SA SK ES SE TN VG DZ"), (25, "PT ST LY"), (26, "IS TR"),
        (27, "FR GR IT MR MC SM BI DJ"), (28, "AL AZ BY CY DO SV GT HU LB NI PL HN"), (29, "BR EG PS QA UA"), (30, "JO KW MU YE"), (31, "MT SC"), (32, "LC"), (33, "RU"),
    }.SelectMany(group => group.Item2.Split(' '), (group, country) => (Country: country, Length: group.Item1)).ToFrozenDictionary(pair => pair.Country, pair => pair.Length);

    public override IEnumerable<SensitiveSpan> Find(ReadText text)
    {
        foreach (Match match in Start().Matches(text.Text))
        {
            if (!Lengths.TryGetValue(match.Value[..2].ToUpperInvariant(), out var length) || EndOf(text.Text, match.Index, length) is not { } end)
            {
                continue;
            }

            var isRight = CheckDigits.IsAccountNumber(text.Text.AsSpan(match.Index..end));
            if (isRight || Account().IsMatch(text.Before(match.Index, 40)))
            {
                yield return new SensitiveSpan(match.Index, end - match.Index, SensitiveType.BankAccount, isRight ? 1 : 0.7);
            }
        }
    }

    // So many letters and digits, with at most one space or hyphen between two of them, and then none.
    private static int? EndOf(string text, int start, int length)
    {
        var (place, count) = (start, 0);
        for (; place < text.Length && count < length; place++)
        {
            if (char.IsAsciiLetterOrDigit(text[place]))
            {
                count++;
            }
            else if (text[place] is not (' ' or '-') || text[place - 1] is ' ' or '-')
            {
                return null;
            }
        }

        return count == length && (place == text.Length || !char.IsLetterOrDigit(text[place])) ? place : null;
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9]{2})")]
    private static partial Regex Start();

    [GeneratedRegex(@"\b(?:iban|account|konto|compte|cuenta|conto|conta)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Account();
}
