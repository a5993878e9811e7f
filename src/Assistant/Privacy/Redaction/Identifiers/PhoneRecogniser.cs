using System.Text.RegularExpressions;
using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Identifiers;

/// <summary>Numbers of telephones: in the international form, in groups as they are written, or in any form where a telephone is spoken of.</summary>
internal sealed partial class PhoneRecogniser : Recogniser
{
    public override IEnumerable<SensitiveSpan> Find(ReadText text)
    {
        foreach (Match match in Digits().Matches(text.Text))
        {
            var number = match.Groups["number"].ValueSpan;
            if (CountDigits(number) is < 6 or > 15 || IsSomethingElse().IsMatch(number))
            {
                continue;
            }

            var isNamed = Named().IsMatch(text.Before(match.Index, 40)) || Labelled().IsMatch(text.After(match.Index + match.Length, 12));
            if (isNamed || Grouped().IsMatch(number))
            {
                yield return new SensitiveSpan(match.Index, match.Length, SensitiveType.Phone, isNamed ? 0.9 : 0.75);
            }
        }
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return count;
    }

    [GeneratedRegex(@"(?<![\w.,/:-]|[$€£#] ?)(?<number>(?:\+ ?|\(\+?)?\d(?:[ ().\-–/]{0,3}\d){4,17})(?:,? ?(?:x|ext\.?|extension|#) ?\d{1,6})?(?!\w|[.,:]\d|-\d|%)", RegexOptions.IgnoreCase)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^[ ,(]{0,3}(?:office|fax|mobile|cell|home|work|phone|tel|desk)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Labelled();

    // A country's code; groups with a leading nought; three, three and four; pairs; a code in brackets.
    [GeneratedRegex(@"^(?:\(?\+ ?[1-9][\d ().\-–/]{7,20}|00[1-9][\d ]{8,18}|\(?0[1-9]\d{0,3}\)?[ /-]\d{2,4}(?:[ -]\d{2,5}){0,4}|0\d{2}[ .-]?\d{3}[ .-]?\d{4}|0\d(?:[ .-]\d{2}){4}|1?[ .-]?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|\(\d{2,5}\) ?\d{3,5}[ -]?\d{2,5}|\d{4} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{2} \d{2}|\d{2}(?: \d{2}){3,4}|\d{2,4}[ .-]\d{3,4}[ .-]\d{3,4}|0\d{1,4}[ /-]\d{5,8}|\d{2} \d{3} \d{2} \d{2}|\d{2}(?:-\d{2}){3}|\(0?\d{1,3} ?\d{2,3}\) ?\d{3}[ -]\d{3,4})$")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^(?:(?:19|20)\d{2}[-./ ]\d{1,2}[-./ ]\d{1,2}(?:\D.*)?|\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d{2}|(?:19|20)\d{2} ?[-–] ?(?:19|20)\d{2}|\d+\.\d+)$")]
    private static partial Regex IsSomethingElse();

    [GeneratedRegex(@"\b(?:(?:tele)?(?:phone|fon)|tel|tel[ée]fono|t[ée]l[ée]phone|mobile|handy|cell|cellphone|landline|desk|fax|whatsapp|signal|sms|text|texts|messages?|call|called|calls|calling|ring|dial|reach|reached|phoned|hotline|toll|line|contact|answering)\b(?:[^.!\n]|(?<=\b(?:tel|ph|no|nr|mob))\.){0,25}$|\b(?:my|his|her|their|our|your|new|old|registered|contact|emergency) (?:new |old )?number\b(?:[^.!\n]|(?<=\b(?:tel|ph|no|nr|mob))\.){0,25}$|\b(?:phone|mobile|tel|fax|desk)\b\W{0,8}$", RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}
