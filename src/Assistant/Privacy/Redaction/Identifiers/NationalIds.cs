using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Privacy.Redaction.Identifiers;

/// <summary>The numbers of states that carry a check; one line for each.</summary>
internal static partial class NationalIds
{
    private const string DniLetters = "TRWAGMYFPDXBNJZSQVHLCKE";

    public static ImmutableArray<NationalId> All { get; } =
    [
        new(ThreeThreeFour(), IsNhs, Nhs()), // United Kingdom, NHS
        new(Eleven(), IsGermanTaxId, GermanTaxId()), // Germany, Steuer-ID (ISO 7064 MOD 11,10)
        new(Dni(), IsDni), // Spain, DNI and NIE
        new(FiscalCode(), IsFiscalCode), // Italy, codice fiscale
        new(Insee(), IsInsee, French()), // France, NIR
        new(Nine(), IsBsn, Bsn()), // Netherlands, BSN
        new(Eleven(), IsPesel, Pesel()), // Poland, PESEL
        new(Cpf(), IsCpf), // Brazil, CPF
        new(TwelveDigits(), IsAadhaar, Aadhaar()), // India, Aadhaar (Verhoeff)
        new(Personnummer(), IsPersonnummer, Swedish()), // Sweden, personnummer
        new(Hetu(), IsHetu), // Finland, henkilötunnus
        new(Avs(), IsAvs), // Switzerland, AHV-Nummer
    ];

    private static int Weighted(string digits, params ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (digits[i] - '0') * weights[i];
        }

        return sum;
    }

    private static bool IsNhs(string digits) => (11 - (Weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11)) % 11 == digits[9] - '0';

    private static bool IsGermanTaxId(string digits)
    {
        var product = 10;
        foreach (var digit in digits[..10])
        {
            var sum = (digit - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return digits[0] != '0' && (11 - product) % 10 == digits[10] - '0';
    }

    private static bool IsDni(string text)
    {
        var number = text[0] is >= 'X' and <= 'Z' ? $"{text[0] - 'X'}{text[1..^1]}" : text[..^1];
        return DniLetters[int.Parse(number, CultureInfo.InvariantCulture) % 23] == text[^1];
    }

    private static bool IsFiscalCode(string text)
    {
        ReadOnlySpan<int> odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
        var sum = 0;
        for (var i = 0; i < 15; i++)
        {
            var value = char.IsAsciiDigit(text[i]) ? text[i] - '0' : text[i] - 'A';
            sum += i % 2 == 0 ? odd[value] : value;
        }

        return sum % 26 == text[15] - 'A';
    }

    // Corsica's departments 2A and 2B count as 19 and 18.
    private static bool IsInsee(string text) =>
        BigInteger.Parse(text.Replace("2A", "19", StringComparison.Ordinal).Replace("2B", "18", StringComparison.Ordinal)[..13], CultureInfo.InvariantCulture) is var number
        && 97 - (int)(number % 97) == int.Parse(text[13..], CultureInfo.InvariantCulture);

    private static bool IsBsn(string digits) => digits != "000000000" && Weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;

    private static bool IsPesel(string digits) => (10 - (Weighted(digits, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10)) % 10 == digits[10] - '0';

    private static bool IsCpf(string digits) =>
        digits.Distinct().Count() > 1
        && Weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10 == digits[9] - '0'
        && Weighted(digits, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10 == digits[10] - '0';

    private static bool IsAadhaar(string digits)
    {
        ReadOnlySpan<string> products =
        [
            "0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
        ];
        ReadOnlySpan<string> turns = ["0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"];
        var check = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            check = products[check][turns[i % 8][digits[^(i + 1)] - '0'] - '0'] - '0';
        }

        return check == 0 && digits[0] > '1';
    }

    private static bool IsPersonnummer(string digits) => CheckDigits.IsCardNumber(digits.AsSpan(digits.Length - 10));

    private static bool IsHetu(string text) =>
        "0123456789ABCDEFHJKLMNPRSTUVWXY"[int.Parse($"{text[..6]}{text[^4..^1]}", CultureInfo.InvariantCulture) % 31] == text[^1];

    private static bool IsAvs(string digits) => (10 - (Weighted(digits, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3) % 10)) % 10 == digits[12] - '0';

    [GeneratedRegex(@"(?<![\w-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])")]
    private static partial Regex ThreeThreeFour();

    [GeneratedRegex(@"\bNHS\b", RegexOptions.IgnoreCase)]
    private static partial Regex Nhs();

    [GeneratedRegex(@"(?<![\w-])\d{2}[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}(?![\w-])")]
    private static partial Regex Eleven();

    [GeneratedRegex(@"\b(?:steuer-?\s?(?:id|identifikationsnummer|nummer)|idnr|tin|tax)\b", RegexOptions.IgnoreCase)]
    private static partial Regex GermanTaxId();

    [GeneratedRegex(@"(?<![\w-])(?:\d{8}|[XYZxyz]-?\d{7})[- ]?[A-HJ-NP-TV-Za-hj-np-tv-z](?![\w-])")]
    private static partial Regex Dni();

    [GeneratedRegex(@"(?<!\w)[A-Za-z]{6}\d{2}[A-EHLMPR-Ta-ehlmpr-t]\d{2}[A-Za-z]\d{3}[A-Za-z](?!\w)")]
    private static partial Regex FiscalCode();

    [GeneratedRegex(@"(?<![\w-])[12] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\w-])")]
    private static partial Regex Insee();

    [GeneratedRegex(@"\b(?:insee|nir|s[ée]curit[ée] sociale|num[ée]ro de s[ée]cu)", RegexOptions.IgnoreCase)]
    private static partial Regex French();

    [GeneratedRegex(@"(?<![\w-])\d{4}[. ]?\d{2}[. ]?\d{3}(?![\w-])")]
    private static partial Regex Nine();

    [GeneratedRegex(@"\b(?:bsn|burgerservicenummer|sofinummer)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Bsn();

    [GeneratedRegex(@"\bpesel\b", RegexOptions.IgnoreCase)]
    private static partial Regex Pesel();

    [GeneratedRegex(@"(?<![\w-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\w-])")]
    private static partial Regex Cpf();

    [GeneratedRegex(@"(?<![\w-])\d{4} ?\d{4} ?\d{4}(?![\w-])")]
    private static partial Regex TwelveDigits();

    [GeneratedRegex(@"\b(?:aadhaar|aadhar|uidai)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Aadhaar();

    [GeneratedRegex(@"(?<![\w-])(?:19|20)?\d{6}[-+]?\d{4}(?![\w-])")]
    private static partial Regex Personnummer();

    [GeneratedRegex(@"\bperson(?:nummer|al (?:identity )?number)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Swedish();

    [GeneratedRegex(@"(?<![\w-])\d{6}[-+A-Fa-f]\d{3}[0-9A-FHJ-NPR-Ya-fhj-npr-y](?![\w-])")]
    private static partial Regex Hetu();

    [GeneratedRegex(@"(?<![\w-])756\.?\d{4}\.?\d{4}\.?\d{2}(?![\w-])")]
    private static partial Regex Avs();
}
