using System.Globalization;
using System.Text;

namespace PersonalAi.Adapters.Llama.Grammar.Gbnf;

/// <summary>Writes nodes as GBNF, the notation that llama.cpp's grammar parser reads.</summary>
internal static class GbnfText
{
    public static string Write(GbnfNode node) => node switch
    {
        GbnfNode.Literal literal => Quote(literal.Value),
        GbnfNode.Characters characters => WriteSet(characters.Set),
        GbnfNode.Reference reference => reference.Rule,
        GbnfNode.Sequence { Parts.Count: 0 } => "\"\"",
        GbnfNode.Sequence sequence => string.Join(' ', sequence.Parts.Select(part => part is GbnfNode.Choice ? $"({Write(part)})" : Write(part))),
        GbnfNode.Choice choice => string.Join(" | ", choice.Alternatives.Select(Write)),
        GbnfNode.Repetition repetition => Operand(repetition.Part) + Count(repetition.Min, repetition.Max),
        _ => throw new InvalidOperationException($"There is no notation for {node.GetType().Name}."),
    };

    private static string Operand(GbnfNode part) =>
        part is GbnfNode.Sequence or GbnfNode.Choice or GbnfNode.Repetition ? $"({Write(part)})" : Write(part);

    private static string Count(int min, int? max) => (min, max) switch
    {
        (0, 1) => "?",
        (0, null) => "*",
        (1, null) => "+",
        (_, null) => string.Create(CultureInfo.InvariantCulture, $"{{{min},}}"),
        _ when min == max => string.Create(CultureInfo.InvariantCulture, $"{{{min}}}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{{{min},{max}}}"),
    };

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value is '"' or '\\' ? $"\\{rune}" : Escape(rune.Value));
        }

        return quoted.Append('"').ToString();
    }

    private static string WriteSet(CharacterSet set)
    {
        var written = new StringBuilder("[");
        foreach (var (first, last) in set.Ranges)
        {
            written.Append(Member(first));
            if (last > first)
            {
                written.Append(last > first + 1 ? "-" : "").Append(Member(last));
            }
        }

        return written.Append(']').ToString();
    }

    private static string Member(int codePoint) => codePoint switch
    {
        '\\' or '[' or ']' or '-' => $"\\{(char)codePoint}",
        '^' => @"\x5E",
        _ => Escape(codePoint),
    };

    private static string Escape(int codePoint) => codePoint switch
    {
        '\n' => @"\n",
        >= ' ' and < 0x7F => ((char)codePoint).ToString(),
        <= 0xFF => string.Create(CultureInfo.InvariantCulture, $@"\x{codePoint:X2}"),
        <= 0xFFFF => string.Create(CultureInfo.InvariantCulture, $@"\u{codePoint:X4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $@"\U{codePoint:X8}"),
    };
}
