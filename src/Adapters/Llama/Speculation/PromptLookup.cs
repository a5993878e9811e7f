namespace PersonalAi.Adapters.Llama.Speculation;

/// <summary>
/// Drafts what comes next from what stands in the text already: where its newest tokens stood before, it proposes those that followed
/// (prompt lookup decoding; Saxena 2023). It costs nothing, and is right where an answer quotes, edits or counts.
/// </summary>
internal static class PromptLookup
{
    private const int LongestMatch = 12;

    /// <summary>Proposes tokens.</summary>
    /// <param name="tokens">Prompt and answer so far.</param>
    /// <param name="leastMatch">So many of the newest tokens must have stood before.</param>
    /// <param name="count">The most tokens to propose.</param>
    /// <returns>The proposal; empty where nothing matches.</returns>
    public static ReadOnlySpan<int> Draft(ReadOnlySpan<int> tokens, int leastMatch, int count)
    {
        for (var length = Math.Min(LongestMatch, tokens.Length - 1); length >= leastMatch; length--)
        {
            // The newest earlier place, which may overlap the end: so a text that repeats itself is followed.
            var at = tokens[..^1].LastIndexOf(tokens[^length..]);
            if (at >= 0)
            {
                var rest = tokens[(at + length)..];
                return rest[..Math.Min(count, rest.Length)];
            }
        }

        return [];
    }
}
