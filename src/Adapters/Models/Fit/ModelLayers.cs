using System.Collections.Immutable;
using System.Globalization;

namespace PersonalAi.Adapters.Models.Fit;

/// <summary>The layers of a model that can lie on a GPU: its blocks, and the output after them. The input stays with the processor.</summary>
internal sealed class ModelLayers
{
    private readonly ImmutableArray<long> _weights;
    private readonly ImmutableArray<uint> _kvHeads;

    private ModelLayers(ImmutableArray<long> weights, ImmutableArray<uint> kvHeads) => (_weights, _kvHeads) = (weights, kvHeads);

    /// <summary>How many there are.</summary>
    public int Count => _weights.Length;

    public static ModelLayers Of(GgufFile file)
    {
        var shape = ModelShape.Of(file);
        var weights = new long[shape.KvHeads.Length + 1];
        foreach (var tensor in file.Tensors)
        {
            if (IndexOf(tensor.Name, weights.Length - 1) is { } index)
            {
                weights[index] += tensor.Bytes;
            }
        }

        // Without a tensor of its own, the output is a copy of the input embeddings.
        if (!file.Tensors.Any(tensor => tensor.Name == "output.weight"))
        {
            weights[^1] += file.Tensors.Where(tensor => tensor.Name == "token_embd.weight").Sum(tensor => tensor.Bytes);
        }

        return new ModelLayers([.. weights], shape.KvHeads);
    }

    /// <summary>The layers with the keys and values that each keeps.</summary>
    /// <param name="kvBytes">Keys and values of all layers.</param>
    public ImmutableArray<LayerBytes> With(long kvBytes)
    {
        var heads = Math.Max(1, _kvHeads.Sum(count => (long)count));
        return [.. _weights.Select((bytes, layer) => new LayerBytes(bytes, layer < _kvHeads.Length ? (long)(kvBytes * (Int128)_kvHeads[layer] / heads) : 0))];
    }

    // "blk.17.ffn_up.weight", "output.weight", "output_norm.weight".
    private static int? IndexOf(string name, int blocks) => name.Split('.') switch
    {
        ["blk", var number, ..] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < blocks => index,
        ["output" or "output_norm", ..] => blocks,
        _ => null,
    };
}

/// <summary>What one layer takes.</summary>
/// <param name="Weights">Its tensors.</param>
/// <param name="KeysAndValues">Its part of the KV cache.</param>
internal readonly record struct LayerBytes(long Weights, long KeysAndValues)
{
    public long Total => Weights + KeysAndValues;
}
