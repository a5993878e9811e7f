using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PersonalAi.Memory.Documents.Reading.Organiser;

/// <summary>Reads address books (.vcf: vCard 2.1, 3.0 as RFC 2426, 4.0 as RFC 6350).</summary>
internal static partial class Contacts
{
    /// <summary>The contacts that have a name, an address or a number, in their order.</summary>
    /// <exception cref="MemoryException">The file is binary, or has no contact.</exception>
    public static ImmutableArray<Contact> Read(string name, ReadOnlyMemory<byte> bytes)
    {
        var contacts = ImmutableArray.CreateBuilder<Contact>();
        List<ContentLine>? card = null;
        foreach (var line in ContentLines.Read(name, bytes))
        {
            if (line.Name is "BEGIN" or "END" && line.RawValue.Trim().Equals("VCARD", StringComparison.OrdinalIgnoreCase))
            {
                Add(contacts, card);
                card = line.Name == "BEGIN" ? [] : null;
            }
            else
            {
                card?.Add(line);
            }
        }

        Add(contacts, card);
        return contacts.Count > 0 ? contacts.ToImmutable() : throw Unreadable.Because(name, "it has no contact");
    }

    private static void Add(ImmutableArray<Contact>.Builder contacts, List<ContentLine>? card)
    {
        if (card is null)
        {
            return;
        }

        string? Text(string property) => card.Find(line => line.Name == property)?.Text.Trim() is { Length: > 0 } text ? text : null;
        ImmutableArray<string> All(string property, string scheme) =>
            [.. card.Where(line => line.Name == property).Select(line => WithoutScheme(line.Text.Trim(), scheme)).Where(text => text.Length > 0).Distinct()];

        var emails = All("EMAIL", "mailto:");
        var phones = All("TEL", "tel:");
        var organisation = Joined(card.Find(line => line.Name == "ORG")?.Parts() ?? [], ", ");
        var shown = Text("FN") ?? NameOf(card.Find(line => line.Name == "N")?.Parts() ?? []) ?? organisation ?? emails.Concat(phones).FirstOrDefault();
        if (shown is not null)
        {
            contacts.Add(new(shown)
            {
                Uid = Text("UID"),
                Aliases = [.. AliasesOf(card).Where(alias => alias.Length > 0 && alias != shown).Distinct()],
                Emails = emails,
                Phones = phones,
                Birthday = BirthdayOf(Text("BDAY")),
                Organisation = organisation,
                Note = Text("NOTE"),
            });
        }
    }

    private static IEnumerable<string> AliasesOf(List<ContentLine> card) =>
        (card.Find(line => line.Name == "NICKNAME")?.Text ?? "").Split(',', StringSplitOptions.TrimEntries)
            .Concat(card.Find(line => line.Name == "N")?.Parts().Skip(1).Take(1) ?? []);

    private static string WithoutScheme(string text, string scheme) =>
        text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? text[scheme.Length..] : text;

    // family; given; additional; prefixes; suffixes
    private static string? NameOf(ImmutableArray<string> parts)
    {
        var padded = parts.Concat(["", "", "", "", ""]).ToArray();
        return Joined([padded[3], padded[1], padded[2], padded[0], padded[4]], " ");
    }

    private static string? Joined(ImmutableArray<string> parts, string separator) =>
        string.Join(separator, parts.Where(part => part.Length > 0)) is { Length: > 0 } text ? text : null;

    private static Birthday? BirthdayOf(string? text)
    {
        var match = Day().Match(text ?? "");
        if (!match.Success)
        {
            return null;
        }

        var year = match.Groups["year"] is { Success: true } found ? Number(found) : (int?)null;
        (var month, var day) = (Number(match.Groups["month"]), Number(match.Groups["day"]));
        return month is >= 1 and <= 12 && day >= 1 && year is not 0 && day <= DateTime.DaysInMonth(year ?? 2000, month) ? new(year, month, day) : null;
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:(?<year>[0-9]{4})-?|--)(?<month>[0-9]{2})-?(?<day>[0-9]{2})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Day();
}
