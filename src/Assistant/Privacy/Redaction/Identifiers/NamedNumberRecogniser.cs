using System.Text.RegularExpressions;
using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Identifiers;

/// <summary>Numbers that a text names: "my driver's license number is", "passport no.", "account number:", "ZIP:".</summary>
internal sealed partial class NamedNumberRecogniser : Recogniser
{
    public override IEnumerable<SensitiveSpan> Find(ReadText text) =>
        Driver().Matches(text.Text).Select(match => SpanOf(match, SensitiveType.DriverLicence))
            .Concat(Passport().Matches(text.Text).Select(match => SpanOf(match, SensitiveType.Passport)))
            .Concat(Other().Matches(text.Text).Select(match => SpanOf(match, SensitiveType.Identifier)))
            .Concat(PostalCode().Matches(text.Text).Where(match => Zip().IsMatch(text.Before(match.Index, 40))).Select(match => new SensitiveSpan(match.Index, match.Length, SensitiveType.ZipCode, Score: 0.8)));

    private static SensitiveSpan SpanOf(Match match, string type) => new(match.Groups["value"].Index, match.Groups["value"].Length, type, Score: 0.8);

    [GeneratedRegex(@"\bdriv(?:er'?s?|er’s|ing) licen[cs]e(?: (?:number|no\.?|id|#))?(?: (?:is|was)|:)? ?#?(?<value>(?=[A-Z-]{0,6}\d)[A-Z0-9-]{5,20})(?!\w)", RegexOptions.IgnoreCase)]
    private static partial Regex Driver();

    [GeneratedRegex(@"\bpassport(?: (?:number|no\.?|id|#))?(?: (?:is|was)|:)? ?#?(?<value>(?=[A-Z]{0,3}\d)[A-Z0-9]{6,12})(?!\w)", RegexOptions.IgnoreCase)]
    private static partial Regex Passport();

    [GeneratedRegex(@"\b(?:account|customer|member(?:ship)?|patient|policy|insurance|employee|student|national|identity|tax|medical record|vehicle|licen[cs]e plate)(?: (?:number|no\.?|id|card|#)){1,2}(?: (?:is|was)|:)? ?#?(?<value>(?=[A-Z-]{0,6}\d)[A-Z0-9-]{4,24})(?!\w)", RegexOptions.IgnoreCase)]
    private static partial Regex Other();

    [GeneratedRegex(@"(?<![\w.$€£-])(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4} ?[A-Z]{2}|(?:[A-Z]{1,2}[- ]?)?(?:\d{4,5}-\d{3,4}|\d{3} \d{2}|\d{3,7}))(?![\w%]|[.,]\d)")]
    private static partial Regex PostalCode();

    [GeneratedRegex(@"\b(?:zip(?: ?code)?(?! ?(?:file|archive|folder))|post(?:al)? ?code|plz|postleitzahl|code postal|eircode)\b[^.!\d]{0,30}$", RegexOptions.IgnoreCase)]
    private static partial Regex Zip();
}
