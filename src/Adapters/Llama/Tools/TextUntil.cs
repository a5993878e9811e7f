using System.Globalization;
using PersonalAi.Adapters.Llama.Grammar.Gbnf;

namespace PersonalAi.Adapters.Llama.Tools;

/// <summary>
/// Rules for free text up to a mark, and for what must come after it: one state for each character of the mark that has come
/// (Knuth, Morris and Pratt), so that the mark is found however tokens cut it, and never passed over.
/// </summary>
internal static class TextUntil
{
    /// <summary>Every character that a text may hold.</summary>
    public static CharacterSet AnyCharacter { get; } = CharacterSet.Of(('\t', '\n'), (' ', 0x10FFFF));

    /// <summary>Text in which the mark does not come, and may end anywhere; or text, the mark, and what follows it.</summary>
    /// <param name="grammar">Takes the rules.</param>
    /// <param name="mark">The mark, of ASCII characters.</param>
    /// <param name="next">What follows the mark; null where the mark must not come at all.</param>
    /// <param name="mayEnd">Whether text without the mark is possible.</param>
    public static GbnfNode.Reference Build(GbnfGrammar grammar, string mark, GbnfNode? next, bool mayEnd = true)
    {
        var states = Enumerable.Range(0, mark.Length)
            .Select(state => grammar.Reserve(string.Create(CultureInfo.InvariantCulture, $"text-{state}")))
            .ToArray();
        foreach (var (state, rule) in states.Index())
        {
            var ways = Ways(mark, state, states, next);
            grammar.Define(rule, mayEnd ? GbnfNode.OneOf(ways).OrNothing() : GbnfNode.OneOf(ways));
        }

        return states[0];
    }

    private static IEnumerable<GbnfNode> Ways(string mark, int state, GbnfNode.Reference[] states, GbnfNode? next)
    {
        var letters = mark.Distinct().ToArray();
        foreach (var letter in letters)
        {
            var after = LongestBeginning(mark, mark[..state] + letter);
            if (after < mark.Length)
            {
                yield return GbnfNode.Join(GbnfNode.Text(letter.ToString()), states[after]);
            }
            else if (next is not null)
            {
                yield return GbnfNode.Join(GbnfNode.Text(letter.ToString()), next);
            }
        }

        var others = AnyCharacter.Intersect(CharacterSet.Of(letters.Select(letter => ((int)letter, (int)letter))).Complement());
        yield return GbnfNode.Join(new GbnfNode.Characters(others), states[0]);
    }

    private static int LongestBeginning(string mark, string text)
    {
        for (var length = Math.Min(mark.Length, text.Length); ; length--)
        {
            if (text.EndsWith(mark[..length], StringComparison.Ordinal))
            {
                return length;
            }
        }
    }
}
