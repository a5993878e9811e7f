namespace PersonalAi.Assistant.Terminal;

/// <summary>Finds what somebody probably meant to write.</summary>
internal static class DidYouMean
{
    /// <summary>The candidate with the fewest letters changed, swapped, added or left out; null where none is near.</summary>
    public static string? Closest(string word, IEnumerable<string> candidates)
    {
        var limit = Math.Max(1, word.Length / 3);
        return candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(pair => pair.Distance <= limit)
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault()
            .Candidate;
    }

    /// <summary>Ends a sentence about an unknown word: with the nearest candidate, or with all of them.</summary>
    public static string Ending(string word, IReadOnlyCollection<string> candidates) =>
        Closest(word, candidates) is { } closest ? $"did you mean '{closest}'?" : $"there are {string.Join(", ", candidates)}.";

    // Optimal string alignment distance (Damerau-Levenshtein without a second edit of a swapped pair).
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                cost[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
