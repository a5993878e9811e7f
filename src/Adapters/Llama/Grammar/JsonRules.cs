using System.Globalization;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>The rules for JSON itself, added to a grammar when something first needs them.</summary>
internal sealed class JsonRules(GbnfGrammar grammar)
{
    // Deeper than any answer needs, and far from the 64 levels at which System.Text.Json stops reading.
    private const int MaxAnyDepth = 16;

    private readonly Dictionary<string, GbnfNode> _rules = [];

    public static GbnfNode Boolean { get; } = GbnfNode.OneOf(GbnfNode.Text("true"), GbnfNode.Text("false"));

    public static GbnfNode Null { get; } = GbnfNode.Text("null");

    /// <summary>The one space that may follow a colon or a comma: there is no other white space.</summary>
    public GbnfNode Space => Rule("sp", () => GbnfNode.Text(" ").OrNothing());

    public GbnfNode Comma => GbnfNode.Join(GbnfNode.Text(","), Space);

    /// <summary>One code point of a string that is written as it is.</summary>
    public GbnfNode Plain => Rule("plain", () => new GbnfNode.Characters(JsonText.Plain));

    /// <summary>One code point of a string, written plainly or as any of JSON's escapes; surrogates come in pairs only.</summary>
    public GbnfNode Character => Rule("char", () => GbnfNode.OneOf(
        new GbnfNode.Characters(JsonText.Plain),
        GbnfNode.Join(GbnfNode.Text(@"\"), Rule("escape", () => GbnfNode.OneOf(
            Letter("\"\\/bfnrt"),
            GbnfNode.Join(GbnfNode.Text("u"), Letter("0123456789abcefABCEF"), Hex(3)),
            GbnfNode.Join(GbnfNode.Text("u"), Letter("dD"), Letter("01234567"), Hex(2)),
            GbnfNode.Join(
                GbnfNode.Text("u"), Letter("dD"), Letter("89abAB"), Hex(2), GbnfNode.Text(@"\u"), Letter("dD"), Letter("cdefCDEF"), Hex(2)))))));

    public GbnfNode String => Rule("string", () => InQuotes(Character.AnyTimes()));

    /// <summary>A number that a double holds: at most 15 digits before the point, 15 after it, and an exponent of two digits.</summary>
    public GbnfNode Number => Rule("number", () => GbnfNode.Join(
        GbnfNode.Text("-").OrNothing(),
        GbnfNode.OneOf(GbnfNode.Text("0"), GbnfNode.Join(DigitRange.NonZero, new GbnfNode.Repetition(DigitRange.Digit, 0, 14))),
        DigitRange.Fraction(15).OrNothing(),
        GbnfNode.Join(Letter("eE"), Letter("+-").OrNothing(), new GbnfNode.Repetition(DigitRange.Digit, 1, 2)).OrNothing()));

    /// <summary>An integer of at most 15 digits, which a double holds exactly.</summary>
    public GbnfNode Integer => Rule("integer", () => GbnfNode.OneOf(
        GbnfNode.Text("0"),
        GbnfNode.Join(GbnfNode.Text("-").OrNothing(), DigitRange.NonZero, new GbnfNode.Repetition(DigitRange.Digit, 0, 14))));

    /// <summary>Any value, its objects and arrays nested up to 16 deep.</summary>
    public GbnfNode AnyValue => Any("value", MaxAnyDepth);

    public static GbnfNode InQuotes(GbnfNode content) => GbnfNode.Join(GbnfNode.Text("\""), content, GbnfNode.Text("\""));

    /// <summary>A key and its value.</summary>
    public GbnfNode Member(GbnfNode key, GbnfNode value) => GbnfNode.Join(key, GbnfNode.Text(":"), Space, value);

    /// <summary>One or more parts with commas between them.</summary>
    public GbnfNode List(GbnfNode part) => GbnfNode.Join(part, GbnfNode.Join(Comma, part).AnyTimes());

    private GbnfNode Any(string kind, int depth) => depth == 0
        ? Rule("scalar", () => GbnfNode.OneOf(String, Number, Boolean, Null))
        : Rule(string.Create(CultureInfo.InvariantCulture, $"{kind}-{depth}"), () => kind switch
        {
            "object" => Enclosed("{", Member(String, Any("value", depth - 1)), "}"),
            "array" => Enclosed("[", Any("value", depth - 1), "]"),
            _ => GbnfNode.OneOf(Any("object", depth), Any("array", depth), Any("value", 0)),
        });

    private GbnfNode Rule(string name, Func<GbnfNode> body)
    {
        if (!_rules.TryGetValue(name, out var rule))
        {
            _rules[name] = rule = grammar.Share(name, body());
        }

        return rule;
    }

    private GbnfNode Enclosed(string open, GbnfNode part, string close) =>
        GbnfNode.Join(GbnfNode.Text(open), List(part).OrNothing(), GbnfNode.Text(close));

    private static GbnfNode.Repetition Hex(int count) =>
        new GbnfNode.Repetition(new GbnfNode.Characters(CharacterSet.Of(('0', '9'), ('a', 'f'), ('A', 'F'))), count, count);

    private static GbnfNode.Characters Letter(string letters) => new GbnfNode.Characters(CharacterSet.Of(letters.Select(c => ((int)c, (int)c))));
}
