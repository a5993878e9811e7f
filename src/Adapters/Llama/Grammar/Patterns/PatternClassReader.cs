using System.Globalization;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Grammar.Patterns;

/// <summary>Reads what stands for one character in a regular expression: the dot, a class or an escape.</summary>
internal sealed class PatternClassReader(string text, int start, Func<string, ModelException> refuse)
{
    private static readonly CharacterSet Digits = CharacterSet.Of(('0', '9'));
    private static readonly CharacterSet Word = CharacterSet.Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));
    private static readonly CharacterSet Space = CharacterSet.Of(
        ('\t', '\r'), (' ', ' '), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
        (0xFEFF, 0xFEFF));

    private static readonly CharacterSet LineEnds = CharacterSet.Of(('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029));

    // Engines disagree on whether a character beyond the Basic Multilingual Plane is one or two, so none is made of "all but".
    private static readonly CharacterSet Basic = CharacterSet.Of((0, 0xFFFF));

    private int _next = start;

    /// <summary>The index after what was read.</summary>
    public int Next => _next;

    public CharacterSet Read()
    {
        switch (text[_next++])
        {
            case '.':
                return AllBut(LineEnds);
            case '[':
                return ReadClass();
            default:
                return ReadEscape(inClass: false);
        }
    }

    private CharacterSet ReadClass()
    {
        var negated = Peek() == '^';
        _next += negated ? 1 : 0;
        var set = CharacterSet.Of();
        while (Peek() != ']')
        {
            var first = ReadMember();
            set = set.Union(Peek() == '-' && _next + 1 < text.Length && text[_next + 1] != ']' ? ReadRange(first) : first);
        }

        _next++;
        return negated ? AllBut(set) : set;
    }

    private CharacterSet ReadRange(CharacterSet first)
    {
        _next++;
        var last = ReadMember();
        if (!IsSingle(first) || !IsSingle(last))
        {
            throw refuse("has a range between classes");
        }

        var (from, to) = (first.Ranges[0].First, last.Ranges[0].First);
        return from <= to ? CharacterSet.Of((from, to)) : throw refuse("has a range that runs backwards");
    }

    private CharacterSet ReadMember()
    {
        if (Peek() == '\\')
        {
            _next++;
            return ReadEscape(inClass: true);
        }

        return _next < text.Length ? CharacterSet.Of(ReadCodePoint()) : throw refuse("has a class that is not closed");
    }

    private CharacterSet ReadEscape(bool inClass)
    {
        var escape = Peek();
        _next++;
        return escape switch
        {
            'd' => Digits,
            'D' => AllBut(Digits),
            'w' => Word,
            'W' => AllBut(Word),
            's' => Space,
            'S' => AllBut(Space),
            'n' => CharacterSet.Of('\n'),
            'r' => CharacterSet.Of('\r'),
            't' => CharacterSet.Of('\t'),
            'f' => CharacterSet.Of('\f'),
            'v' => CharacterSet.Of('\v'),
            'b' when inClass => CharacterSet.Of('\b'),
            '0' when !char.IsAsciiDigit(Peek()) => CharacterSet.Of(0),
            'x' => CharacterSet.Of(ReadHex(2)),
            'u' => CharacterSet.Of(Peek() == '{' ? ReadBraced() : ReadHex(4)),
            'b' or 'B' => throw refuse($"has the word boundary \"\\{escape}\""),
            'p' or 'P' => throw refuse("has a Unicode property"),
            >= '0' and <= '9' or 'k' => throw refuse("has a back-reference"),
            '\0' when _next > text.Length => throw refuse("ends in a backslash"),
            _ when char.IsAsciiLetter(escape) => throw refuse($"has the unknown escape \"\\{escape}\""),
            _ => CharacterSet.Of(Reread()),
        };
    }

    private int Reread()
    {
        _next--;
        return ReadCodePoint();
    }

    private int ReadCodePoint()
    {
        var codePoint = char.ConvertToUtf32(text, _next);
        _next += codePoint > 0xFFFF ? 2 : 1;
        return codePoint;
    }

    private int ReadBraced()
    {
        var end = text.IndexOf('}', _next);
        var length = end - _next - 1;
        _next++;
        var codePoint = length is >= 1 and <= 6 ? ReadHex(length) : throw refuse("has an escape that is not complete");
        _next++;
        return codePoint;
    }

    private int ReadHex(int digits)
    {
        if (_next + digits > text.Length
            || !int.TryParse(text.AsSpan(_next, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw refuse("has an escape that is not complete");
        }

        _next += digits;
        return value is < 0xD800 or (> 0xDFFF and <= 0x10FFFF) ? value : throw refuse("has an escape that names no character");
    }

    private char Peek() => _next < text.Length ? text[_next] : '\0';

    private static CharacterSet AllBut(CharacterSet set) => set.Complement().Intersect(Basic);

    private static bool IsSingle(CharacterSet set) => set.Ranges is [var (first, last)] && first == last;
}
