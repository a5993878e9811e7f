using System.Globalization;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Grammar.Patterns;

/// <summary>
/// Parses the part of ECMA-262 regular expressions that is regular: literals, the dot, classes, groups, alternatives and quantifiers,
/// with <c>^</c> and <c>$</c> round the whole or round its alternatives. As in JSON Schema, what is not anchored may stand anywhere.
/// </summary>
internal sealed class PatternParser
{
    // More than this, repetitions written out, and reading one token could take long.
    private const int MaxPositions = 5_000;
    private const int MaxLength = 4_000;
    private const int MaxGroups = 50;
    private const int MaxCount = 100_000;

    private static readonly PatternNode AnyText = new PatternNode.Repetition(new PatternNode.Character(CharacterSet.All), 0, null);

    private readonly string _text;
    private readonly KeywordPlace _place;
    private int _next;
    private int _groups;

    private PatternParser(string text, KeywordPlace place) => (_text, _place) = (text, place);

    /// <exception cref="ModelException">The pattern is none, or one that a grammar cannot hold (<see cref="ModelError.Unsupported"/>).</exception>
    public static PatternNode Parse(string pattern, KeywordPlace place)
    {
        var parser = new PatternParser(pattern, place);
        if (pattern.Length > MaxLength)
        {
            throw parser.Refuse("is longer than 4,000 characters");
        }

        return parser.Sized(parser.ParseWhole());
    }

    // anchored alternatives: (?:^a$|^b$), ^a|b$, ^(?:a|b)$
    private PatternNode ParseWhole()
    {
        var opening = OpeningOfAll();
        _next = opening;
        var alternatives = new List<PatternNode>();
        do
        {
            var fromStart = Take('^');
            var body = ParseSequence();
            var toEnd = Take('$');
            alternatives.Add(new PatternNode.Sequence([.. fromStart ? [] : new[] { AnyText }, body, .. toEnd ? [] : new[] { AnyText }]));
        }
        while (Take('|'));

        if (opening > 0 ? !Take(')') || _next < _text.Length : _next < _text.Length)
        {
            throw Peek() == ')' ? Refuse("has a \")\" too many") : Refuse($"has the anchor \"{(Peek() == '^' ? '^' : '$')}\" elsewhere than round the whole");
        }

        return alternatives.Count == 1 ? alternatives[0] : new PatternNode.Choice(alternatives);
    }

    // Where one group holds the whole pattern, its anchors count as if it were not there.
    private int OpeningOfAll()
    {
        var prefix = _text.StartsWith("(?:", StringComparison.Ordinal) ? 3 : _text.StartsWith('(') && !_text.StartsWith("(?", StringComparison.Ordinal) ? 1 : 0;
        return prefix > 0 && _text.EndsWith(')') && PatternScan.ClosingOf(_text, 0) == _text.Length - 1 ? prefix : 0;
    }

    private PatternNode ParseAlternatives()
    {
        var alternatives = new List<PatternNode>();
        do
        {
            alternatives.Add(ParseSequence());
        }
        while (Take('|'));

        return alternatives.Count == 1 ? alternatives[0] : new PatternNode.Choice(alternatives);
    }

    private PatternNode ParseSequence()
    {
        var parts = new List<PatternNode>();
        while (_next < _text.Length && Peek() is not ('|' or ')' or '^' or '$'))
        {
            parts.Add(ParseQuantifiers(ParseAtom()));
        }

        return parts.Count == 1 ? parts[0] : new PatternNode.Sequence(parts);
    }

    private PatternNode ParseAtom()
    {
        switch (Peek())
        {
            case '(':
                return ParseGroup();
            case '[' or '.' or '\\':
                var reader = new PatternClassReader(_text, _next, Refuse);
                var set = reader.Read();
                _next = reader.Next;
                return set.IsEmpty ? throw Refuse("has a class without any character") : new PatternNode.Character(set);
            case '*' or '+' or '?':
            case '{' when PatternScan.IsCount(_text, _next):
                throw Refuse($"has a \"{Peek()}\" with nothing before it to repeat");
            default:
                var codePoint = char.ConvertToUtf32(_text, _next);
                _next += codePoint > 0xFFFF ? 2 : 1;
                return new PatternNode.Character(CharacterSet.Of(codePoint));
        }
    }

    private PatternNode ParseGroup()
    {
        _next++;
        if (++_groups > MaxGroups)
        {
            throw Refuse("has groups nested too deeply");
        }

        if (Take('?') && !Take(':'))
        {
            SkipGroupName();
        }

        var inner = ParseAlternatives();
        if (!Take(')'))
        {
            throw Peek() is '^' or '$' ? Refuse($"has the anchor \"{Peek()}\" elsewhere than round the whole") : Refuse("has a group that is not closed");
        }

        _groups--;
        return inner;
    }

    private void SkipGroupName()
    {
        if (Peek() != '<' || _next + 1 >= _text.Length || _text[_next + 1] is '=' or '!')
        {
            throw Refuse(Peek() is '=' or '!' or '<' ? "has a look-ahead or look-behind" : "has a group with flags");
        }

        var end = _text.IndexOf('>', _next);
        _next = end > 0 ? end + 1 : throw Refuse("has a group whose name is not closed");
    }

    private PatternNode ParseQuantifiers(PatternNode part)
    {
        if (ParseCount() is not (var min, var max))
        {
            return part;
        }

        // A lazy quantifier matches the same texts.
        Take('?');
        if (Peek() is '*' or '+' or '?' || (Peek() == '{' && PatternScan.IsCount(_text, _next)))
        {
            throw Refuse("repeats a repetition without a group round it");
        }

        return Sized(part.MinLength > 0 || max is 0 or 1 ? new PatternNode.Repetition(part, min, max) : RepeatPossiblyEmpty(part, min, max));
    }

    private PatternNode Sized(PatternNode part) =>
        part.Positions <= MaxPositions ? part : throw Refuse("has more than 5,000 characters with its repetitions written out");

    // (x*)* is x*: llama.cpp takes no repetition of what may be empty.
    private PatternNode.Repetition RepeatPossiblyEmpty(PatternNode part, long min, long? max) => part switch
    {
        PatternNode.Repetition { Max: null, Part.MinLength: > 0 } inner => new PatternNode.Repetition(inner.Part, inner.Min * min, null),
        PatternNode.Repetition { Min: 0, Max: 1, Part.MinLength: > 0 } inner => new PatternNode.Repetition(inner.Part, 0, max),
        _ => throw Refuse("repeats what may be empty"),
    };

    private (long Min, long? Max)? ParseCount()
    {
        switch (Peek())
        {
            case '*':
                _next++;
                return (0, null);
            case '+':
                _next++;
                return (1, null);
            case '?':
                _next++;
                return (0, 1);
            case '{' when PatternScan.IsCount(_text, _next):
                return ParseBraces();
            default:
                return null;
        }
    }

    private (long Min, long? Max) ParseBraces()
    {
        var end = _text.IndexOf('}', _next);
        var counts = _text[(_next + 1)..end].Split(',');
        _next = end + 1;
        var min = Count(counts[0]);
        var max = counts.Length == 1 ? min : counts[1].Length == 0 ? (long?)null : Count(counts[1]);
        return max < min ? throw Refuse($"repeats at least {min} and at most {max} times") : (min, max);
    }

    private long Count(string digits) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MaxCount
        ? count
        : throw Refuse($"repeats {digits} times, more than 100,000");

    private char Peek() => _next < _text.Length ? _text[_next] : '\0';

    private bool Take(char c)
    {
        var taken = _next < _text.Length && _text[_next] == c;
        _next += taken ? 1 : 0;
        return taken;
    }

    private ModelException Refuse(string fault) =>
        SchemaRefusal.Invalid(_place.Keyword, _place.Pointer, $"is \"{(_text.Length > 80 ? _text[..80] + "..." : _text)}\", which {fault}; write another pattern");
}
