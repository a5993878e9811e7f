namespace PersonalAi.Adapters.Llama.Batching;

/// <summary>How far a prompt begins with the same text as cached tokens.</summary>
/// <param name="CachedTokens">So many of the cached tokens can stay.</param>
/// <param name="PromptTokens">They stand for so many tokens of the prompt.</param>
internal readonly record struct PrefixMatch(int CachedTokens, int PromptTokens)
{
    /// <summary>
    /// Finds the longest match. A model may write a text with other tokens than the tokeniser makes of it, so where tokens differ
    /// their bytes are compared, and the match goes on where both come to a common end.
    /// </summary>
    /// <param name="vocabulary">The vocabulary of the tokens.</param>
    /// <param name="cached">The tokens of the cache.</param>
    /// <param name="prompt">The tokens of the prompt.</param>
    /// <param name="answerStarts">Where in the prompt answers begin: white space before and after these places makes no difference.</param>
    /// <returns>A match that leaves at least one token of the prompt, whose logits are wanted.</returns>
    public static PrefixMatch Find(LlamaVocabulary vocabulary, ReadOnlySpan<int> cached, ReadOnlySpan<int> prompt, IReadOnlyList<int> answerStarts)
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

            var answerBegins = answerStarts.Contains(match.PromptTokens);
            if (Resume(vocabulary, cached[match.CachedTokens..], prompt[match.PromptTokens..], answerBegins) is not var (ofCached, ofPrompt)
                || match.PromptTokens + ofPrompt >= prompt.Length)
            {
                return match;
            }

            match = new PrefixMatch(match.CachedTokens + ofCached, match.PromptTokens + ofPrompt);
        }
    }

    // The shortest beginnings of both that have the same bytes, or null.
    private static (int OfCached, int OfPrompt)? Resume(LlamaVocabulary vocabulary, ReadOnlySpan<int> cached, ReadOnlySpan<int> prompt, bool skipsWhiteSpace)
    {
        var left = new PieceReader(vocabulary, cached);
        var right = new PieceReader(vocabulary, prompt);
        do
        {
            if (!left.Fill() || !right.Fill())
            {
                return null;
            }

            if (skipsWhiteSpace)
            {
                left.SkipWhiteSpace();
                right.SkipWhiteSpace();
            }

            var common = Math.Min(left.Bytes.Length, right.Bytes.Length);
            if (!left.Bytes[..common].SequenceEqual(right.Bytes[..common]))
            {
                return null;
            }

            skipsWhiteSpace &= common == 0;
            left.Skip(common);
            right.Skip(common);
        }
        while (skipsWhiteSpace || !left.Bytes.IsEmpty || !right.Bytes.IsEmpty);

        return (left.Read, right.Read);
    }

    /// <summary>Reads tokens as bytes.</summary>
    private ref struct PieceReader(LlamaVocabulary vocabulary, ReadOnlySpan<int> tokens)
    {
        // The longest piece of any known vocabulary is far below this.
        private const int LongestPiece = 1024;

        private readonly ReadOnlySpan<int> _tokens = tokens;
        private readonly byte[] _piece = new byte[LongestPiece];

        /// <summary>How many tokens were read.</summary>
        public int Read { get; private set; }

        /// <summary>What of the token that was read last was not skipped.</summary>
        public ReadOnlySpan<byte> Bytes { get; private set; }

        /// <summary>Reads the next token if all bytes were skipped.</summary>
        /// <returns>False at the end of the text: the tokens end, or a control token comes, which has no bytes.</returns>
        public bool Fill()
        {
            if (Bytes.IsEmpty && Read < _tokens.Length)
            {
                Bytes = _piece.AsSpan(0, vocabulary.WritePiece(_tokens[Read++], _piece));
            }

            return !Bytes.IsEmpty;
        }

        public void Skip(int count) => Bytes = Bytes[count..];

        public void SkipWhiteSpace() => Bytes = Bytes.TrimStart(" \n\r\t"u8);
    }
}
