namespace PersonalAi.Adapters.Llama.Batching;

/// <summary>How far a prompt begins with the same text as cached tokens.</summary>
/// <param name="CachedTokens">So many of the cached tokens can stay.</param>
/// <param name="PromptTokens">They stand for so many tokens of the prompt.</param>
internal readonly record struct PrefixMatch(int CachedTokens, int PromptTokens)
{
    private const int LongestPiece = 1024;

    /// <summary>
    /// Finds the longest match. A model may write a text with other tokens than the tokeniser makes of it, so where tokens differ
    /// their bytes are compared, and the match goes on where both come to a common end.
    /// </summary>
    /// <returns>A match that leaves at least one token of the prompt, whose logits are wanted.</returns>
    public static PrefixMatch Find(LlamaVocabulary vocabulary, ReadOnlySpan<int> cached, ReadOnlySpan<int> prompt)
    {
        var match = default(PrefixMatch);
        while (true)
        {
            var equal = cached[match.CachedTokens..].CommonPrefixLength(prompt[match.PromptTokens..]);
            match = new PrefixMatch(match.CachedTokens + equal, match.PromptTokens + equal);
            if (match.PromptTokens == prompt.Length)
            {
                return new PrefixMatch(match.CachedTokens - 1, match.PromptTokens - 1);
            }

            if (Resume(vocabulary, cached[match.CachedTokens..], prompt[match.PromptTokens..]) is not var (ofCached, ofPrompt)
                || match.PromptTokens + ofPrompt >= prompt.Length)
            {
                return match;
            }

            match = new PrefixMatch(match.CachedTokens + ofCached, match.PromptTokens + ofPrompt);
        }
    }

    // The shortest beginnings of both that have the same bytes, or null.
    private static (int OfCached, int OfPrompt)? Resume(LlamaVocabulary vocabulary, ReadOnlySpan<int> cached, ReadOnlySpan<int> prompt)
    {
        Span<byte> ofCached = stackalloc byte[LongestPiece];
        Span<byte> ofPrompt = stackalloc byte[LongestPiece];
        var (left, right) = (0, 0);
        var (i, j) = (0, 0);
        do
        {
            // Tokens without bytes are control tokens: text ends there.
            if (left == 0 && (i == cached.Length || (left = vocabulary.WritePiece(cached[i++], ofCached)) == 0))
            {
                return null;
            }

            if (right == 0 && (j == prompt.Length || (right = vocabulary.WritePiece(prompt[j++], ofPrompt)) == 0))
            {
                return null;
            }

            var common = Math.Min(left, right);
            if (!ofCached[..common].SequenceEqual(ofPrompt[..common]))
            {
                return null;
            }

            ofCached[common..left].CopyTo(ofCached);
            ofPrompt[common..right].CopyTo(ofPrompt);
            (left, right) = (left - common, right - common);
        }
        while (left > 0 || right > 0);

        return (i, j);
    }
}
