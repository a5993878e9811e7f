using System.Text.RegularExpressions;
using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Identifiers;

/// <summary>Social security numbers of the United States: in groups, of areas that are given out; in any writing where they are spoken of.</summary>
internal sealed partial class SocialSecurityRecogniser : Recogniser
{
    public override IEnumerable<SensitiveSpan> Find(ReadText text)
    {
        foreach (Match match in Shape().Matches(text.Text))
        {
            var isNamed = Named().IsMatch(text.Before(match.Index, 60));
            if (isNamed || match.Groups["dash"].Length > 0 && GivenOut().IsMatch(match.ValueSpan))
            {
                yield return new SensitiveSpan(match.Index, match.Length, SensitiveType.SocialSecurity, isNamed ? 1 : 0.85);
            }
        }
    }

    [GeneratedRegex(@"(?<![\w-]|\d\.)\d{3}(?:(?<dash>-)|[ .])?\d{2}(?(dash)-|[ .]?)\d{4}(?![\w-]|\.\d)")]
    private static partial Regex Shape();

    // No area is 000, 666 or above 899, no group 00, no serial 0000 (SSA, randomisation of 2011).
    [GeneratedRegex("^(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}$")]
    private static partial Regex GivenOut();

    [GeneratedRegex(@"\b(?:ssn|social(?: security)?(?: number| no)?|social sec|itin|tax ?payer)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}
