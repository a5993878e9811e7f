using System.Text.RegularExpressions;
using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Identifiers;

/// <summary>Addresses of the web; those that carry a user name and a password are secrets.</summary>
internal sealed partial class LinkRecogniser : Recogniser
{
    public override IEnumerable<SensitiveSpan> Find(ReadText text) =>
        Link().Matches(text.Text).Select(match => new SensitiveSpan(
            match.Index, match.ValueSpan.TrimEnd(".,;:!?'*)").Length, Credentials().IsMatch(match.ValueSpan) ? SensitiveType.Secret : SensitiveType.Link, Score: 0.95));

    [GeneratedRegex(@"(?<![\w@./-])(?:[a-z][a-z0-9+]{1,15}://[^\s<>""'`\]]+|www\.[^\s<>""'`\]]+|(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|edu|gov|info|biz|co\.uk)(?![\w.-]?\w)(?:/[^\s<>""'`\]]*)?)", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex("^[^/]*//[^/@]*:[^/@]*@")]
    private static partial Regex Credentials();
}
