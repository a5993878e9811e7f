using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace PersonalAi.Tools.Policy;

/// <summary>What a text says once it is decoded: base64, hexadecimal, percent and HTML escapes, backwards, look-alike letters.</summary>
public static partial class OutgoingForms
{
    private const int Depth = 3;
    private const int MostForms = 100;

    /// <summary>The text and its forms, each once; of codes within codes three levels.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<string> forms = [text];
        HashSet<string> known = [text];
        for (var (from, depth) = (0, 0); depth < Depth && from < forms.Count; depth++)
        {
            var until = forms.Count;
            forms.AddRange(forms[from..until].SelectMany(Decode).Where(known.Add).Take(MostForms - until));
            from = until;
        }

        return forms;
    }

    /// <summary>All forms as they are and collapsed, each on a line of its own: what to look through for words that must not leave.</summary>
    public static string Lines(IReadOnlyList<string> forms) => string.Join('\n', forms.Concat(forms.Select(Collapse)));

    /// <summary>Letters and digits alone, in lower case, look-alikes made the same: <c>B-0-d ø</c> is <c>b0do</c>.</summary>
    public static string Collapse(string text) => string.Concat(TextFolding.Fold(text).Where(char.IsLetterOrDigit));

    private static IEnumerable<string> Decode(string text)
    {
        // Codes may be broken into pieces: by blanks, by dots as in the labels of a host, by dashes.
        var joined = Separators().Replace(text, "");
        return
        [
            TextFolding.Fold(text),
            Uri.UnescapeDataString(text.Replace('+', ' ')),
            WebUtility.HtmlDecode(text),
            FromHexadecimal(text),
            FromHexadecimal(joined),
            FromBase64(text),
            FromBase64(joined),
            Reversed(text),
        ];
    }

    private static string Reversed(string text)
    {
        var letters = text.ToCharArray();
        Array.Reverse(letters);
        return new string(letters);
    }

    private static string FromHexadecimal(string text) => string.Join('\n', Hexadecimal().Matches(text).Select(match =>
    {
        var digits = NoDigits().Replace(match.Value, "");
        return Text(Convert.FromHexString(digits.AsSpan(0, digits.Length & ~1)));
    }));

    // What stands before a code, as the path of an address does, may be of the same letters: every place of four is tried as its beginning.
    private static string FromBase64(string text) => string.Join('\n', Base64().Matches(text)
        .SelectMany(match => match.Value.Split('/').Append(match.Value).Distinct())
        .SelectMany(code => Enumerable.Range(0, Math.Min(4, code.Length)).Select(start => FromBase64Whole(code[start..]))));

    private static string FromBase64Whole(string code)
    {
        var plain = code.Replace('-', '+').Replace('_', '/');
        plain = plain[..(plain.Length % 4 == 1 ? plain.Length - 1 : plain.Length)];
        return Text(Convert.FromBase64String(plain + new string('=', -plain.Length & 3)));
    }

    // Bytes that are no text become blanks.
    private static string Text(byte[] bytes) => string.Concat(Encoding.UTF8.GetString(bytes).Select(c => c is '\uFFFD' || char.IsControl(c) ? ' ' : c)).Trim();

    [GeneratedRegex(@"[\s.,:;|-]+")]
    private static partial Regex Separators();

    [GeneratedRegex(@"(?:(?:0x|\\x|%)?[0-9A-Fa-f]{2}[ :.,-]?){4,}")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"0x|[^0-9A-Fa-f]")]
    private static partial Regex NoDigits();

    [GeneratedRegex("[A-Za-z0-9+/_-]{6,}")]
    private static partial Regex Base64();
}
