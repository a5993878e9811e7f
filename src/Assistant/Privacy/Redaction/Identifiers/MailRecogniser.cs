using System.Text.RegularExpressions;
using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Identifiers;

/// <summary>E-mail addresses.</summary>
internal sealed partial class MailRecogniser : Recogniser
{
    public override IEnumerable<SensitiveSpan> Find(ReadText text) =>
        Address().Matches(text.Text).Select(match => new SensitiveSpan(match.Index, match.Length, SensitiveType.Mail, Score: 1));

    [GeneratedRegex(@"(?<![\w.%+'-])[\w.%+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?![\w-])")]
    private static partial Regex Address();
}
