using System.Text.RegularExpressions;
using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Identifiers;

/// <summary>Days that a text calls somebody's day of birth.</summary>
internal sealed partial class BirthDateRecogniser : Recogniser
{
    public override IEnumerable<SensitiveSpan> Find(ReadText text) =>
        Day().Matches(text.Text)
            .Where(match => Birth().IsMatch(text.Before(match.Index, 40)))
            .Select(match => new SensitiveSpan(match.Index, match.Length, SensitiveType.BirthDate, Score: 0.9));

    [GeneratedRegex(@"(?<![\w./-])(?:\d{1,2}[/.-] ?\d{1,2}[/.-] ?(?:\d{4}|\d{2})|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}(?:st|nd|rd|th|\.)? (?:of )?\p{L}{3,12}\.?,? \d{4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?)(?![\w])", RegexOptions.IgnoreCase)]
    private static partial Regex Day();

    [GeneratedRegex(@"\b(?:born|birth(?: ?day| ?date)?|dob|d\.o\.b|geboren|geburts(?:tag|datum)|n[ée]e?|naissance|nacid[oa]|nacimiento|nat[oa]|nascita|geboortedatum)\b[^.!?\n\d]{0,30}$", RegexOptions.IgnoreCase)]
    private static partial Regex Birth();
}
