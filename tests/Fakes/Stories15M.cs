using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Tests.Fakes;

/// <summary>
/// Converts a checkpoint of llama2.c (version 0, https://github.com/karpathy/llama2.c) to GGUF: seven integers, then all
/// weights as 32-bit floats, each kind for all layers in a row.
/// </summary>
internal sealed class Stories15M
{
    private readonly GgufWriter _writer = new();
    private readonly FileStream _source;
    private long _next;

    private Stories15M(FileStream source) => _source = source;

    /// <summary>Writes the model with halves for matrices, and the vocabulary of another Llama model, which it was trained with.</summary>
    public static void Convert(string checkpoint, GgufFile vocabulary, string path)
    {
        using var source = File.OpenRead(checkpoint);
        using var output = File.Create(path);
        var converter = new Stories15M(source);
        converter.AddModel(vocabulary);
        converter._writer.WriteTo(output);
    }

    private void AddModel(GgufFile vocabulary)
    {
        var header = new int[7];
        _source.ReadExactly(MemoryMarshal.AsBytes(header.AsSpan()));
        _next = _source.Position;
        var shape = new LlamaShape()
        {
            Width = header[0], Hidden = header[1], Layers = header[2], Heads = header[3], KvHeads = header[4], Context = header[6],
        };

        shape.Describe(_writer, "stories15M", fileType: 1, vocabulary, withTemplate: false);
        Add("token_embd.weight", shape.Width, header[5]);
        AddLayers(shape, "attn_norm", shape.Width);
        AddLayers(shape, "attn_q", shape.Width, shape.Width);
        AddLayers(shape, "attn_k", shape.Width, shape.KvWidth);
        AddLayers(shape, "attn_v", shape.Width, shape.KvWidth);
        AddLayers(shape, "attn_output", shape.Width, shape.Width);
        AddLayers(shape, "ffn_norm", shape.Width);
        AddLayers(shape, "ffn_gate", shape.Width, shape.Hidden);
        AddLayers(shape, "ffn_down", shape.Hidden, shape.Width);
        AddLayers(shape, "ffn_up", shape.Width, shape.Hidden);
        // Its output matrix is that of its input, which llama.cpp assumes where there is none.
        Add("output_norm.weight", shape.Width);
    }

    private void AddLayers(LlamaShape shape, string name, params ReadOnlySpan<long> extents)
    {
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            Add($"blk.{layer}.{name}.weight", extents);
        }
    }

    private void Add(string name, params ReadOnlySpan<long> extents)
    {
        var offset = _next;
        _writer.AddTensor(name, extents.Length == 1 ? GgmlType.F32 : GgmlType.F16, extents, (tensor, output) => Copy(offset, tensor, output));
        _next += TensorPrimitives.Product(extents) * sizeof(float);
    }

    private void Copy(long offset, GgufTensor tensor, Stream output)
    {
        var numbers = new float[tensor.Elements];
        _source.Position = offset;
        _source.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        if (tensor.Type == GgmlType.F32)
        {
            output.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
            return;
        }

        var halves = new Half[numbers.Length];
        TensorPrimitives.ConvertToHalf(numbers, halves);
        output.Write(MemoryMarshal.AsBytes(halves.AsSpan()));
    }
}
