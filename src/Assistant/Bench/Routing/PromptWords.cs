using System.Text.RegularExpressions;

namespace PersonalAi.Assistant.Bench.Routing;

/// <summary>The words of a prompt and their neighbours, as numbers of a fixed range: some share one, which does little harm.</summary>
internal static partial class PromptWords
{
    /// <summary>The range.</summary>
    public const int Range = 1 << 14;

    private const uint Basis = 2166136261, Prime = 16777619;

    /// <summary>The numbers of words and of pairs of neighbours, each once. All numerals count as the same word.</summary>
    public static int[] Of(string prompt)
    {
        var found = new HashSet<int>();
        var before = Basis;
        foreach (Match match in Word().Matches(prompt))
        {
            var word = Hash(Basis, match.ValueSpan);
            found.Add((int)(word % Range));
            found.Add((int)(Hash(before, match.ValueSpan) % Range));
            before = word;
        }

        return [.. found];
    }

    // FNV-1a, since string.GetHashCode differs from run to run.
    private static uint Hash(uint hash, ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            hash = (hash ^ (char.IsAsciiDigit(c) ? '#' : char.ToLowerInvariant(c))) * Prime;
            if (char.IsAsciiDigit(c))
            {
                break;
            }
        }

        return (hash ^ ' ') * Prime;
    }

    [GeneratedRegex(@"[\p{L}\p{M}'’]+|\d[\d.,]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
