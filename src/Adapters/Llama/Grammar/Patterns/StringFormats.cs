using System.Collections.Frozen;

namespace PersonalAi.Adapters.Llama.Grammar.Patterns;

/// <summary>
/// The formats of strings, as patterns that only valid texts match: days that exist, leap years included, in RFC 3339; addresses
/// short enough for every standard.
/// </summary>
internal static class StringFormats
{
    // Not year 0, which RFC 3339 has and most calendars, .NET's among them, have not.
    private const string Year = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])";
    private const string LeapYear = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)";
    private const string DayOfMonth =
        "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))";

    private const string Date = $"(?:{Year}-{DayOfMonth}|{LeapYear}-02-29)";

    // No leap second: only few minutes of history have one.
    private const string Time = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,7})?(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])";
    private const string Uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private const string Label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,48}[a-zA-Z0-9])?";
    private const string Host = $"(?:{Label}\\.){{1,3}}[a-zA-Z]{{2,24}}";
    private const string Atom = "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]";
    private const string Byte = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private const string Ipv4 = $"{Byte}(?:\\.{Byte}){{3}}";
    private const string Group = "[0-9a-fA-F]{1,4}";
    private const string UriCharacter = "(?:[a-zA-Z0-9._~!$&'()*+,;=:@-]|%[0-9A-F]{2})";
    private const string Uri =
        $"[a-z][a-z0-9+.-]{{1,15}}://{Host}(?::[1-9][0-9]{{0,3}})?(?:/{UriCharacter}{{0,64}}){{0,8}}(?:\\?{UriCharacter}{{0,256}})?(?:#{UriCharacter}{{0,64}})?";

    private static readonly FrozenDictionary<string, string> Patterns = new Dictionary<string, string>
    {
        ["date"] = Date,
        ["time"] = Time,
        ["date-time"] = $"{Date}T{Time}",
        ["duration"] = "P(?:[0-9]{1,4}W|[0-9]{1,4}D(?:T[0-9]{1,4}[HMS])?|T(?:[0-9]{1,4}H(?:[0-9]{1,4}M)?(?:[0-9]{1,4}S)?|[0-9]{1,4}M(?:[0-9]{1,4}S)?|[0-9]{1,4}S))",
        ["uuid"] = Uuid,
        ["guid"] = Uuid,
        ["email"] = $"{Atom}{{1,20}}(?:\\.{Atom}{{1,20}}){{0,2}}@{Host}",
        ["hostname"] = Host,
        ["ipv4"] = Ipv4,
        ["ipv6"] = Ipv6(),
        ["uri"] = Uri,
        ["url"] = Uri,
        ["byte"] = "(?:[a-zA-Z0-9+/]{4}){0,1024}(?:[a-zA-Z0-9+/]{2}==|[a-zA-Z0-9+/]{3}=)?",
    }.ToFrozenDictionary();

    /// <summary>All of them, quoted, for a sentence.</summary>
    public static string Names { get; } = string.Join(", ", Patterns.Keys.Order(StringComparer.Ordinal).Select(name => $"\"{name}\""));

    public static bool Contains(string format) => Patterns.ContainsKey(format);

    /// <summary>The whole text of a string of this format.</summary>
    public static string PatternOf(string format) => $"^(?:{Patterns[format]})$";

    // RFC 4291, 2.2: eight groups, of which one run of two or more zero groups may be left out. Neither ambiguous nor endless.
    private static string Ipv6()
    {
        var forms = new List<string> { $"{Group}(?::{Group}){{7}}", "::" };
        for (var before = 0; before <= 6; before++)
        {
            var head = before == 0 ? "" : $"{Group}(?::{Group}){{{before - 1}}}";
            var most = 6 - before;
            forms.Add(most == 0 ? $"{head}::" : before == 0 ? $"::{Group}(?::{Group}){{0,{most - 1}}}" : $"{head}::(?:{Group}(?::{Group}){{0,{most - 1}}})?");
        }

        return string.Join('|', forms);
    }
}
