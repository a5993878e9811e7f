namespace PersonalAi.Adapters.Models;

/// <summary>Checks the vocabulary as <see cref="GgufSanity"/> checks the rest.</summary>
internal sealed class GgufVocabularySanity(GgufReader reader, GgufMetadata metadata)
{
    /// <summary><c>LLAMA_TOKEN_TYPE_BYTE</c>.</summary>
    private const int ByteToken = 6;

    private readonly string[] _tokens = metadata.TryGet<string[]>("tokenizer.ggml.tokens", out var tokens) ? tokens : [];

    public void Check()
    {
        var scores = PerToken<float>("tokenizer.ggml.scores");
        var types = PerToken<int>("tokenizer.ggml.token_type");
        if (_tokens is [] && scores is [] && types is [])
        {
            return;
        }

        var known = CheckDistinct();
        var kind = metadata.TryGet<string>("tokenizer.ggml.model", out var model) ? model : "";
        if (kind == "llama" && Enumerable.Range(0, 256).FirstOrDefault(value => !Spells(known, value), -1) is var missing and >= 0)
        {
            // It would look for the byte in vain when a text has it.
            throw reader.Unsupported($"has no token for the byte {missing}", "choose another model");
        }

        if (kind == "bert" && types.Contains(ByteToken))
        {
            throw reader.Corrupt("has tokens for bytes in a vocabulary of words");
        }
    }

    private static bool Spells(HashSet<string> known, int value) =>
        known.Contains($"<0x{value:X2}>") || (value is > 0 and < 128 && known.Contains($"{(char)value}"));

    /// <summary>Empty tokens get names of their own in the engine.</summary>
    private HashSet<string> CheckDistinct()
    {
        var known = new HashSet<string>(_tokens.Length, StringComparer.Ordinal);
        foreach (var token in _tokens)
        {
            if (token.Length > 0 && !known.Add(token))
            {
                throw reader.Corrupt($"has the token {GgufReader.Quote(token)} twice");
            }
        }

        return known;
    }

    /// <summary>The engine reads one item per token without asking how many there are, or of what type.</summary>
    private T[] PerToken<T>(string key)
    {
        if (!metadata.TryGet<object>(key, out var value))
        {
            return [];
        }

        if (value is not T[] items)
        {
            throw reader.Corrupt($"has items of the wrong type under \"{key}\"");
        }

        return items.Length == _tokens.Length
            ? items
            : throw reader.Corrupt($"has {items.Length} items under \"{key}\" for {_tokens.Length} tokens");
    }
}
