using System.Text;

namespace PersonalAi.Adapters.Llama.Templates;

/// <summary>
/// Tokenises a rendered prompt the way llama.cpp tokenises the whole string, except that a message cannot spell a control token:
/// only the template can.
/// </summary>
internal static class PromptEncoder
{
    /// <summary>The tokens of a prompt; nothing is added to what the parts say.</summary>
    internal static EncodedPrompt Encode(LlamaVocabulary vocabulary, IEnumerable<PromptPart> parts)
    {
        var tokens = new List<int>();
        var answerStarts = new List<int>();
        var text = new StringBuilder();
        var answersInText = new List<int>();
        foreach (var part in parts)
        {
            switch (part)
            {
                case PromptPart.Token token:
                    Flush();
                    tokens.Add(token.Id);
                    break;
                case PromptPart.Content content:
                    AppendMarkup(content.Text, content.Controls ?? []);
                    break;
                case PromptPart.Answer answer:
                    answersInText.Add(text.Length);
                    AppendMarkup(answer.Text, answer.Controls ?? []);
                    break;
                case PromptPart.Markup markup:
                    AppendMarkup(markup.Text, only: null);
                    break;
            }
        }

        Flush();
        return new EncodedPrompt([.. tokens], [.. answerStarts]);

        void AppendMarkup(string rest, IReadOnlyList<string>? only)
        {
            while (FirstSpecial(vocabulary, rest, only) is var (at, token))
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
                var run = text.ToString();
                var encoded = vocabulary.Tokenize(run);
                answerStarts.AddRange(answersInText.Select(start => tokens.Count + TokenAt(vocabulary, encoded, run.AsSpan(start))));
                tokens.AddRange(encoded);
                text.Clear();
            }
            else
            {
                answerStarts.AddRange(answersInText.Select(_ => tokens.Count));
            }

            answersInText.Clear();
        }
    }

    // The token in which the last part of a text begins. Counted from the end, since tokenisers may put a space before the text.
    private static int TokenAt(LlamaVocabulary vocabulary, int[] tokens, ReadOnlySpan<char> rest)
    {
        var at = tokens.Length;
        for (var bytes = Encoding.UTF8.GetByteCount(rest); bytes > 0 && at > 0;)
        {
            bytes -= vocabulary.PieceLength(tokens[--at]);
        }

        return at;
    }

    private static (int At, SpecialToken Token)? FirstSpecial(LlamaVocabulary vocabulary, string text, IReadOnlyList<string>? only)
    {
        (int At, SpecialToken Token)? first = null;
        foreach (var token in only is { Count: 0 } ? [] : vocabulary.SpecialTokens.Where(token => only?.Contains(token.Text) != false))
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

/// <summary>A prompt as the model gets it.</summary>
/// <param name="Tokens">Its tokens.</param>
/// <param name="AnswerStarts">Where in it the assistant's messages begin.</param>
internal readonly record struct EncodedPrompt(int[] Tokens, int[] AnswerStarts);
