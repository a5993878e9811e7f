using System.Globalization;
using System.Text;
using System.Text.Json;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>How strings of JSON are written: as they are, but for quotes, backslashes and control characters.</summary>
internal static class JsonText
{
    /// <summary>What may stand in a string as it is; DEL and the C1 controls are legal there, but no terminal should meet them.</summary>
    public static CharacterSet Plain { get; } = CharacterSet.Of((0x20, 0x21), (0x23, 0x5B), (0x5D, 0x7E), (0xA0, 0x10FFFF));

    private static CharacterSet Escaped { get; } = Plain.Complement();

    public static bool IsPlain(string text) => text.EnumerateRunes().All(rune => Plain.Contains(rune.Value));

    /// <summary>A string with its quotes.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(Plain.Contains(rune.Value) ? rune.ToString() : Escape(rune.Value));
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>One character of a set, in the one way in which <see cref="Quote"/> writes it.</summary>
    public static GbnfNode CharacterOf(CharacterSet set)
    {
        var alternatives = new List<GbnfNode>();
        var plain = set.Intersect(Plain);
        if (!plain.IsEmpty)
        {
            alternatives.Add(OneOf(plain));
        }

        // Those with the same escape but for its last digit go together.
        var escapes = set.Intersect(Escaped).Ranges.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1)).Select(Escape);
        foreach (var alike in escapes.GroupBy(escape => escape[..^1], escape => escape[^1], StringComparer.Ordinal))
        {
            alternatives.Add(GbnfNode.Join(GbnfNode.Text(alike.Key), OneLetterOf([.. alike])));
        }

        return GbnfNode.OneOf(alternatives);
    }

    /// <summary>Exactly this value, with the optional spaces that any value may have.</summary>
    public static GbnfNode Value(JsonElement value, GbnfNode space) => value.ValueKind switch
    {
        JsonValueKind.Object => GbnfNode.Join([
            GbnfNode.Text("{"),
            .. Separated(value.EnumerateObject().Select(member =>
                GbnfNode.Join(GbnfNode.Text(Quote(member.Name) + ":"), space, Value(member.Value, space))), space),
            GbnfNode.Text("}"),
        ]),
        JsonValueKind.Array => GbnfNode.Join([
            GbnfNode.Text("["), .. Separated(value.EnumerateArray().Select(item => Value(item, space)), space), GbnfNode.Text("]"),
        ]),
        JsonValueKind.String => GbnfNode.Text(Quote(value.GetString()!)),
        _ => GbnfNode.Text(value.GetRawText()),
    };

    private static GbnfNode OneLetterOf(char[] letters) => OneOf(CharacterSet.Of(letters.Select(letter => ((int)letter, (int)letter))));

    private static GbnfNode OneOf(CharacterSet set) => set.Ranges is [var (first, last)] && first == last
        ? GbnfNode.Text(char.ConvertFromUtf32(first))
        : new GbnfNode.Characters(set);

    private static IEnumerable<GbnfNode> Separated(IEnumerable<GbnfNode> parts, GbnfNode space) =>
        parts.SelectMany((part, i) => i == 0 ? [part] : new[] { GbnfNode.Text(","), space, part });

    private static string Escape(int codePoint) => codePoint switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\b' => @"\b",
        '\f' => @"\f",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ => string.Create(CultureInfo.InvariantCulture, $@"\u{codePoint:x4}"),
    };
}
