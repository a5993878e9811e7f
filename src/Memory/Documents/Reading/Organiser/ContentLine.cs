using System.Collections.Immutable;
using System.Text;
using PersonalAi.Memory.Documents.Reading.Mail;

namespace PersonalAi.Memory.Documents.Reading.Organiser;

/// <summary>One line of a calendar or an address book (RFC 5545, section 3.1; RFC 6350, section 3.3), unfolded.</summary>
/// <param name="Name">The property in upper case, without its group.</param>
/// <param name="Parameters">Names in upper case with their values; vCard 2.1's bare values are of 'TYPE'.</param>
/// <param name="RawValue">What follows the colon, still escaped.</param>
internal sealed record ContentLine(string Name, ImmutableArray<(string Name, string Value)> Parameters, string RawValue)
{
    /// <summary>The value as text: quoted-printable and backslash escapes undone.</summary>
    public string Text => Unescape(Decoded);

    /// <summary>The value with quoted-printable undone and backslash escapes left, for splitting at commas and semicolons.</summary>
    public string Decoded => IsQuotedPrintable
        ? Charsets.Decode(QuotedPrintable.Decode(Encoding.UTF8.GetBytes(RawValue)), this["CHARSET"])
        : RawValue;

    /// <summary>Whether the value is encoded as vCard 2.1 and vCalendar 1.0 do.</summary>
    public bool IsQuotedPrintable => Parameters.Any(parameter => parameter.Value.Equals("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase));

    /// <summary>The value of a parameter; null where it is missing.</summary>
    public string? this[string parameter] => Parameters.FirstOrDefault(each => each.Name == parameter).Value;

    /// <summary>The parts of a structured value such as N or ORG, unescaped.</summary>
    public ImmutableArray<string> Parts()
    {
        var parts = ImmutableArray.CreateBuilder<string>();
        var value = $"{Decoded};";
        var start = 0;
        for (var index = 0; index < value.Length; index++)
        {
            if (value[index] == '\\')
            {
                index++;
            }
            else if (value[index] == ';')
            {
                parts.Add(Unescape(value[start..index]).Trim());
                start = index + 1;
            }
        }

        return parts.ToImmutable();
    }

    private static string Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (var index = 0; index < value.Length; index++)
        {
            var escaped = value[index] == '\\' && index + 1 < value.Length ? value[index + 1] : '\0';
            if (escaped is '\\' or ',' or ';' or ':' or '"' or 'n' or 'N')
            {
                text.Append(escaped is 'n' or 'N' ? '\n' : escaped);
                index++;
            }
            else
            {
                text.Append(value[index]);
            }
        }

        return text.ToString();
    }
}
