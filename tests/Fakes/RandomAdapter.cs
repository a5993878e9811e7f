using System.Runtime.InteropServices;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Tests.Fakes;

/// <summary>
/// Writes LoRA adapters with random weights, for models of Llama's architecture: what they change is nonsense, but it costs and behaves
/// like a real one. The same properties give the same bytes.
/// </summary>
internal sealed record RandomAdapter(LlamaShape Shape)
{
    /// <summary>TinyLlama 1.1B, the starter.</summary>
    public static LlamaShape StarterShape { get; } = new() { Layers = 22, Width = 2048, Hidden = 5632, Heads = 32, KvHeads = 4 };

    /// <summary>The model that tells stories.</summary>
    public static LlamaShape StoriesShape { get; } = new() { Layers = 6, Width = 288, Hidden = 768, Heads = 6, KvHeads = 6 };

    public int Rank { get; init; } = 4;

    /// <summary>How strongly it acts at scale 1, times the rank; where it is <see cref="Rank"/> it changes the text of any model.</summary>
    public float Alpha { get; init; } = 4;

    public int Seed { get; init; } = 7;

    /// <summary>The matrices of each layer that it changes.</summary>
    public string[] Targets { get; init; } = ["attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"];

    /// <summary>Metadata besides, or instead of what is usual; null leaves a key out.</summary>
    public Dictionary<string, object?> Metadata { get; init; } = [];

    /// <summary>Tensors besides: name and extents.</summary>
    public IReadOnlyList<(string Name, GgmlType Type, long[] Shape)> Tensors { get; init; } = [];

    /// <summary>Writes it, and gives the path.</summary>
    public string Write(string path)
    {
        var random = new Random(Seed);
        var writer = new GgufWriter();
        Describe(writer);
        for (var layer = 0; layer < Shape.Layers; layer++)
        {
            foreach (var target in Targets)
            {
                var (input, output) = ExtentsOf(target);
                Add(writer, random, $"blk.{layer}.{target}.weight.lora_a", GgmlType.F32, input, Rank);
                Add(writer, random, $"blk.{layer}.{target}.weight.lora_b", GgmlType.F32, Rank, output);
            }
        }

        foreach (var (name, type, shape) in Tensors)
        {
            Add(writer, random, name, type, shape);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        writer.WriteTo(file);
        return path;
    }

    private void Describe(GgufWriter writer)
    {
        Dictionary<string, object?> usual = new()
        {
            ["general.type"] = "adapter",
            ["general.architecture"] = "llama",
            ["general.name"] = "random",
            ["adapter.type"] = "lora",
            ["adapter.lora.alpha"] = Alpha,
        };
        foreach (var (key, value) in Metadata.Concat(usual.Where(pair => !Metadata.ContainsKey(pair.Key))))
        {
            if (value is not null)
            {
                writer.Add(key, value);
            }
        }
    }

    private (long Input, long Output) ExtentsOf(string target) => target switch
    {
        "attn_k" or "attn_v" => (Shape.Width, Shape.KvWidth),
        "ffn_gate" or "ffn_up" => (Shape.Width, Shape.Hidden),
        "ffn_down" => (Shape.Hidden, Shape.Width),
        _ => (Shape.Width, Shape.Width),
    };

    private static void Add(GgufWriter writer, Random random, string name, GgmlType type, params ReadOnlySpan<long> shape) =>
        writer.AddTensor(name, type, shape, (tensor, output) =>
        {
            var bytes = new byte[tensor.Bytes];
            if (type == GgmlType.F32)
            {
                var deviation = 1 / MathF.Sqrt(tensor.Shape[0]);
                foreach (ref var number in MemoryMarshal.Cast<byte, float>(bytes.AsSpan()))
                {
                    number = ((2 * random.NextSingle()) - 1) * deviation;
                }
            }

            output.Write(bytes);
        });
}
