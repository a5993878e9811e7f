using System.Globalization;
using PersonalAi.Memory.Documents.Reading.Organiser;
using PersonalAi.Memory.Facts;

namespace PersonalAi.Memory.Exchange.Organiser;

/// <summary>Says what stands in an address book in sentences.</summary>
internal static class ContactFacts
{
    /// <summary>One fact for each thing that is known of the contact.</summary>
    public static IEnumerable<ImportedFact> Of(Contact contact)
    {
        var name = Words.Short(contact.Name, 200);
        ImportedFact Fact(string what, string text) =>
            ImportedFact.Of(text, FactKind.Relation, $"{Words.Short($"vcard:{contact.Uid ?? name}", 300)}#{Words.Short(what, 200)}") with { Name = name, Aliases = contact.Aliases };

        foreach (var phone in contact.Phones)
        {
            yield return Fact($"phone:{phone}", $"{name}'s phone number is {Words.Short(phone, 200)}.");
        }

        foreach (var email in contact.Emails)
        {
            yield return Fact($"email:{email}", $"{name}'s e-mail address is {Words.Short(email, 300)}.");
        }

        if (contact.Birthday is { } birthday)
        {
            yield return Fact("birthday", $"{name}'s birthday is {Day(birthday)}.");
        }

        if (contact.Organisation is { } organisation && organisation != contact.Name)
        {
            yield return Fact("organisation", $"{name} belongs to {Words.Short(organisation, 300)}.");
        }

        if (contact.Note is { } note && Words.Short(note, 600) is { Length: > 0 } noted)
        {
            yield return Fact("note", $"The user noted about {name}: {noted}");
        }
    }

    private static string Day(Birthday birthday)
    {
        var day = new DateOnly(birthday.Year ?? 2000, birthday.Month, birthday.Day);
        return day.ToString(birthday.Year is null ? "d MMMM" : "d MMMM yyyy", CultureInfo.InvariantCulture);
    }
}
