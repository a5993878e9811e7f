using System.Collections.Frozen;
using PersonalAi.Tests.Fakes;

namespace PersonalAi.Benchmarks.Generate;

/// <summary>The shapes that <c>generate</c> knows by name.</summary>
internal static class NamedShapes
{
    /// <summary>Llama 2's as published (arXiv 2307.09288 and its model cards), TinyLlama's, and two for trying things out.</summary>
    public static FrozenDictionary<string, LlamaShape> All { get; } = new Dictionary<string, LlamaShape>
    {
        ["tiny"] = new() { Layers = 2, Width = 256, Hidden = 512, Heads = 4, KvHeads = 4, Context = 4096 },
        ["160m"] = new() { Layers = 12, Width = 768, Hidden = 3072, Heads = 12, KvHeads = 12, Context = 4096 },
        ["tinyllama-1b"] = new() { Layers = 22, Width = 2048, Hidden = 5632, Heads = 32, KvHeads = 4, Context = 4096 },
        ["llama-2-7b"] = new() { Layers = 32, Width = 4096, Hidden = 11_008, Heads = 32, KvHeads = 32, Context = 4096 },
        ["llama-2-13b"] = new() { Layers = 40, Width = 5120, Hidden = 13_824, Heads = 40, KvHeads = 40, Context = 4096 },
        ["llama-2-70b"] = new() { Layers = 80, Width = 8192, Hidden = 28_672, Heads = 64, KvHeads = 8, Context = 4096 },
    }.ToFrozenDictionary();
}
