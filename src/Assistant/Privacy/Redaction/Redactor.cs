using System.Collections.Immutable;
using PersonalAi.Assistant.Privacy.Redaction.Addresses;
using PersonalAi.Assistant.Privacy.Redaction.Identifiers;
using PersonalAi.Assistant.Privacy.Redaction.Names;
using PersonalAi.Assistant.Privacy.Redaction.Reading;

namespace PersonalAi.Assistant.Privacy.Redaction;

/// <summary>Finds what should not leave the machine in texts that may, and replaces it by placeholders.</summary>
/// <param name="dictionary">Whom and what the user's memory knows.</param>
internal sealed class Redactor(NameDictionary dictionary)
{
    private static readonly ImmutableArray<Recogniser> Recognisers =
    [
        new SecretRecogniser(),
        new MailRecogniser(),
        new LinkRecogniser(),
        new IpRecogniser(),
        new CardRecogniser(),
        new BankAccountRecogniser(),
        new SocialSecurityRecogniser(),
        new NationalIdRecogniser(),
        new NamedNumberRecogniser(),
        new PhoneRecogniser(),
        new BirthDateRecogniser(),
        new StreetAddressRecogniser(),
        new PersonRecogniser(),
    ];

    /// <summary>What should not leave, in the order of the text, without overlaps; the same for the same text each time.</summary>
    public IReadOnlyList<SensitiveSpan> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var read = new ReadText(text);
        return SpanChoice.Choose(text, Recognisers.SelectMany(recogniser => recogniser.Find(read)).Concat(dictionary.Find(read)));
    }

    /// <summary>Begins a packet: the same value gets the same placeholder in all of its texts.</summary>
    public Placeholders Begin() => new(this);
}
