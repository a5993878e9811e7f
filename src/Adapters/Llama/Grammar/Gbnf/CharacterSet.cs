namespace PersonalAi.Adapters.Llama.Grammar.Gbnf;

/// <summary>A set of Unicode code points, held as sorted ranges that do not touch; surrogates are never in it.</summary>
internal sealed class CharacterSet
{
    private const int LastCodePoint = 0x10FFFF;

    private CharacterSet(IReadOnlyList<(int First, int Last)> ranges) => Ranges = ranges;

    /// <summary>Every code point that text can hold.</summary>
    public static CharacterSet All { get; } = Of((0, 0xD7FF), (0xE000, LastCodePoint));

    public IReadOnlyList<(int First, int Last)> Ranges { get; }

    public bool IsEmpty => Ranges.Count == 0;

    public static CharacterSet Of(params IEnumerable<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>();
        foreach (var (first, last) in WithoutSurrogates(ranges).OrderBy(range => range.First))
        {
            if (merged.Count > 0 && first <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, last));
            }
            else
            {
                merged.Add((first, last));
            }
        }

        return new CharacterSet(merged);
    }

    public static CharacterSet Of(int codePoint) => Of((codePoint, codePoint));

    public CharacterSet Union(CharacterSet other) => Of(Ranges.Concat(other.Ranges));

    public CharacterSet Complement()
    {
        var gaps = new List<(int First, int Last)>();
        var next = 0;
        foreach (var (first, last) in Ranges)
        {
            gaps.Add((next, first - 1));
            next = last + 1;
        }

        gaps.Add((next, LastCodePoint));
        return Of(gaps);
    }

    public CharacterSet Intersect(CharacterSet other) => Complement().Union(other.Complement()).Complement();

    public bool Contains(int codePoint) => Ranges.Any(range => range.First <= codePoint && codePoint <= range.Last);

    private static IEnumerable<(int First, int Last)> WithoutSurrogates(IEnumerable<(int First, int Last)> ranges)
    {
        foreach (var (first, last) in ranges)
        {
            if (first <= Math.Min(last, 0xD7FF))
            {
                yield return (first, Math.Min(last, 0xD7FF));
            }

            if (Math.Max(first, 0xE000) <= last)
            {
                yield return (Math.Max(first, 0xE000), last);
            }
        }
    }
}
