using PersonalAi.Assistant.Privacy.Redaction.Reading;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Privacy.Redaction.Identifiers;

/// <summary>Passwords, keys and tokens, known by their shape, by what a text calls them, or by seeming drawn at random.</summary>
internal sealed class SecretRecogniser : Recogniser
{
    public override IEnumerable<SensitiveSpan> Find(ReadText text) =>
        Secrets.PlacesIn(text.Text).Where(place => !IsProse(text.Text, place)).Select(place => new SensitiveSpan(place.Start, place.Length, SensitiveType.Secret, Score: 0.95));

    // "My password is wrong": a word of lower-case letters behind "is".
    private static bool IsProse(string text, SecretPlace place) =>
        text.AsSpan(0, place.Start).TrimEnd("\"' ").EndsWith("is", StringComparison.OrdinalIgnoreCase)
        && text.AsSpan(place.Start, place.Length).TrimEnd(".,;:!?\"')") is var value
        && !value.ContainsAnyExceptInRange('a', 'z');
}
