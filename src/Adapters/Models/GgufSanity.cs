namespace PersonalAi.Adapters.Models;

/// <summary>
/// Checks the metadata that llama.cpp takes at its word: what would make it read outside an array or stop the whole process
/// is refused here with a sentence.
/// </summary>
internal static class GgufSanity
{
    /// <summary><c>LLAMA_MAX_LAYERS</c> and <c>LLAMA_MAX_EXPERTS</c>.</summary>
    private const uint EngineLimit = 512;

    public static void Check(GgufReader reader, GgufMetadata metadata)
    {
        CheckSplit(reader, metadata);
        CheckTokenizer(reader, metadata);
        if (metadata.TryGetUInt32("split.no", out uint part) && part > 0)
        {
            // Only the first part of a split model describes it.
            return;
        }

        string architecture = metadata.GetString("general.architecture");
        CheckLimit(reader, metadata, $"{architecture}.block_count");
        CheckExperts(reader, metadata, architecture);
    }

    private static void CheckSplit(GgufReader reader, GgufMetadata metadata)
    {
        if (metadata.TryGetUInt32("split.count", out uint count) && count > 1 && metadata.GetUInt32("split.no") is var part && part >= count)
        {
            throw reader.Corrupt($"says that it is part {part + 1L} of {count}");
        }
    }

    private static void CheckTokenizer(GgufReader reader, GgufMetadata metadata)
    {
        int tokens = metadata.TryGet<string[]>("tokenizer.ggml.tokens", out string[]? found) ? found.Length : 0;
        CheckPerToken<float>(reader, metadata, "tokenizer.ggml.scores", tokens);
        CheckPerToken<int>(reader, metadata, "tokenizer.ggml.token_type", tokens);
    }

    private static void CheckPerToken<T>(GgufReader reader, GgufMetadata metadata, string key, int tokens)
    {
        if (!metadata.TryGet<object>(key, out object? value))
        {
            return;
        }

        // The engine reads one item per token without asking how many there are, or of what type.
        if (value is not T[] items)
        {
            throw reader.Corrupt($"has items of the wrong type under \"{key}\"");
        }

        if (items.Length != tokens)
        {
            throw reader.Corrupt($"has {items.Length} items under \"{key}\" for {tokens} tokens");
        }
    }

    private static void CheckExperts(GgufReader reader, GgufMetadata metadata, string architecture)
    {
        string used = $"{architecture}.expert_used_count";
        uint experts = CheckLimit(reader, metadata, $"{architecture}.expert_count");
        if (metadata.TryGetUInt32(used, out uint active) && (active > experts || (experts > 0 && active == 0)))
        {
            throw reader.Corrupt($"uses {active} of {experts} experts (\"{used}\")");
        }
    }

    private static uint CheckLimit(GgufReader reader, GgufMetadata metadata, string key) =>
        !metadata.TryGetUInt32(key, out uint value) || value <= EngineLimit
            ? value
            : throw reader.Unsupported($"has {value} under {GgufReader.Quote(key)}, and the engine takes {EngineLimit} at most", "choose another model");
}
