namespace PersonalAi.Adapters.Llama.Grammar.Gbnf;

/// <summary>
/// Puts what many texts begin with in common before them: llama.cpp follows every alternative that is still possible, for every
/// token of the vocabulary, so a list of hundreds would cost it seconds.
/// </summary>
internal static class LiteralTree
{
    private const int MaxFlat = 16;
    private const int MaxDepth = 50;

    /// <summary>One of these texts.</summary>
    public static GbnfNode OneOf(IEnumerable<string> texts) => Build([.. texts.Distinct()], depth: 0);

    private static GbnfNode Build(List<string> texts, int depth)
    {
        if (texts.Count <= MaxFlat || depth == MaxDepth)
        {
            return GbnfNode.OneOf(texts.Select(GbnfNode.Text));
        }

        return GbnfNode.OneOf(texts.GroupBy(FirstCharacter, StringComparer.Ordinal).Select(group =>
        {
            var prefix = group.Aggregate(CommonPrefix);
            var rests = group.Select(text => text[prefix.Length..]).ToList();
            return GbnfNode.Join(GbnfNode.Text(prefix), Build(rests, depth + 1));
        }));
    }

    private static string FirstCharacter(string text) => text.Length == 0 ? "" : char.IsHighSurrogate(text[0]) ? text[..2] : text[..1];

    private static string CommonPrefix(string left, string right)
    {
        var length = left.AsSpan().CommonPrefixLength(right);
        return left[..(length > 0 && char.IsHighSurrogate(left[length - 1]) ? length - 1 : length)];
    }
}
