using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction.Identifiers;

/// <summary>Numbers that states give their people: with a right check, and named as such where many numbers look like it.</summary>
internal sealed class NationalIdRecogniser : Recogniser
{
    public override IEnumerable<SensitiveSpan> Find(ReadText text) =>
        from id in NationalIds.All
        from match in id.Shape.Matches(text.Text)
        where id.IsRight(string.Concat(match.Value.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()) && (id.Name?.IsMatch(text.Before(match.Index, 60)) ?? true)
        select new SensitiveSpan(match.Index, match.Length, SensitiveType.NationalId, 0.95);
}
