using System.Text;

namespace PersonalAi.Adapters.Llama.Templates;

/// <summary>
/// Tokenises a rendered prompt the way llama.cpp tokenises the whole string, except that a message cannot spell a control token:
/// only the template can.
/// </summary>
internal static class PromptEncoder
{
    /// <summary>The token ids of a prompt; nothing is added to what the parts say.</summary>
    internal static int[] Encode(LlamaVocabulary vocabulary, IEnumerable<PromptPart> parts)
    {
        var tokens = new List<int>();
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            switch (part)
            {
                case PromptPart.Token token:
                    Flush();
                    tokens.Add(token.Id);
                    break;
                case PromptPart.Content content:
                    text.Append(content.Text);
                    break;
                case PromptPart.Markup markup:
                    AppendMarkup(markup.Text);
                    break;
            }
        }

        Flush();
        return [.. tokens];

        void AppendMarkup(string rest)
        {
            while (FirstSpecial(vocabulary, rest) is var (at, token))
            {
                text.Append(token.StripsLeft ? rest[..at].TrimEnd() : rest[..at]);
                Flush();
                tokens.Add(token.Id);
                rest = rest[(at + token.Text.Length)..];
                rest = token.StripsRight ? rest.TrimStart() : rest;
            }

            text.Append(rest);
        }

        // Text between two control tokens is tokenised in one go: where a message begins inside it is no token boundary.
        void Flush()
        {
            if (text.Length > 0)
            {
                tokens.AddRange(vocabulary.Tokenize(text.ToString()));
                text.Clear();
            }
        }
    }

    private static (int At, SpecialToken Token)? FirstSpecial(LlamaVocabulary vocabulary, string text)
    {
        (int At, SpecialToken Token)? first = null;
        foreach (var token in vocabulary.SpecialTokens)
        {
            var at = text.IndexOf(token.Text, StringComparison.Ordinal);
            if (at >= 0 && (first is null || at < first.Value.At))
            {
                first = (at, token);
            }
        }

        return first;
    }
}
