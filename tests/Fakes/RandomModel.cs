using System.Runtime.InteropServices;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Tests.Fakes;

/// <summary>The quantisations that <see cref="RandomModel"/> can write, with their ids in <c>general.file_type</c>.</summary>
public enum RandomQuantisation : uint
{
    F32 = 0,
    F16 = 1,
    Q4_0 = 2,
    Q8_0 = 7,
    Q4_K_M = 15,
}

/// <summary>
/// Writes models of Llama's architecture with random weights: they talk nonsense, but cost and behave like real ones of their
/// shape. The same arguments give the same bytes.
/// </summary>
internal sealed class RandomModel
{
    private const int ChunkBlocks = 4096;

    private readonly LlamaShape _shape;
    private readonly RandomQuantisation _quantisation;
    private readonly Random _random;
    private readonly GgufWriter _writer = new();

    private RandomModel(LlamaShape shape, RandomQuantisation quantisation, int seed)
    {
        _shape = shape;
        _quantisation = quantisation;
        _random = new Random(seed);
    }

    private GgmlType Usual => _quantisation switch
    {
        RandomQuantisation.F32 => GgmlType.F32,
        RandomQuantisation.F16 => GgmlType.F16,
        RandomQuantisation.Q4_0 => GgmlType.Q4_0,
        RandomQuantisation.Q8_0 => GgmlType.Q8_0,
        _ => GgmlType.Q4_K,
    };

    /// <summary>Writes a model.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="shape">Its extents.</param>
    /// <param name="quantisation">How its matrices are stored; Q4_K_M wants extents that are multiples of 256, Q4_0 and Q8_0 of 32.</param>
    /// <param name="vocabulary">Whose tokens and chat template it gets; the starter's where null.</param>
    /// <param name="seed">Other seeds give other weights.</param>
    /// <returns>The path.</returns>
    public static string Write(
        string path, LlamaShape shape, RandomQuantisation quantisation = RandomQuantisation.F16, GgufFile? vocabulary = null, int seed = 42)
    {
        vocabulary ??= GgufFile.Read(TestModels.StarterPath);
        var model = new RandomModel(shape, quantisation, seed);
        shape.Describe(model._writer, "random", (uint)quantisation, vocabulary, withTemplate: true);
        model.AddTensors(vocabulary.Metadata.TryGet<string[]>("tokenizer.ggml.tokens", out var tokens) ? tokens.Length : 0);
        using var output = File.Create(path);
        model._writer.WriteTo(output);
        return path;
    }

    private void AddTensors(int vocabulary)
    {
        Add("token_embd.weight", Usual, 1, _shape.Width, vocabulary);
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            AddLayer(layer);
        }

        AddNorm("output_norm.weight");
        Add("output.weight", _quantisation == RandomQuantisation.Q4_K_M ? GgmlType.Q6_K : Usual, Deviation(_shape.Width), _shape.Width, vocabulary);
    }

    private void AddLayer(int layer)
    {
        (var width, var hidden) = (_shape.Width, _shape.Hidden);
        var better = DeservesMoreBits(layer) ? GgmlType.Q6_K : Usual;
        var prefix = $"blk.{layer}.";
        AddNorm(prefix + "attn_norm.weight");
        Add(prefix + "attn_q.weight", Usual, Deviation(width), width, width);
        Add(prefix + "attn_k.weight", Usual, Deviation(width), width, _shape.KvWidth);
        Add(prefix + "attn_v.weight", better, Deviation(width), width, _shape.KvWidth);
        Add(prefix + "attn_output.weight", Usual, Deviation(width), width, width);
        AddNorm(prefix + "ffn_norm.weight");
        Add(prefix + "ffn_gate.weight", Usual, Deviation(width), width, hidden);
        Add(prefix + "ffn_up.weight", Usual, Deviation(width), width, hidden);
        Add(prefix + "ffn_down.weight", better, Deviation(hidden), hidden, width);
    }

    /// <summary>llama.cpp's choice for Q4_K_M: the first and the last eighth of the layers, and every third between.</summary>
    private bool DeservesMoreBits(int layer)
    {
        var eighth = _shape.Layers / 8;
        var outer = layer < eighth || layer >= 7 * _shape.Layers / 8;
        return _quantisation == RandomQuantisation.Q4_K_M && (outer || (layer - eighth) % 3 == 2);
    }

    private static float Deviation(int inputs) => 1 / MathF.Sqrt(inputs);

    private void AddNorm(string name) => _writer.AddTensor(name, GgmlType.F32, [_shape.Width], (tensor, output) =>
    {
        var ones = new float[tensor.Elements];
        Array.Fill(ones, 1);
        output.Write(MemoryMarshal.AsBytes(ones.AsSpan()));
    });

    private void Add(string name, GgmlType type, float deviation, params ReadOnlySpan<long> extents) =>
        _writer.AddTensor(name, type, extents, (tensor, output) => Fill(tensor, deviation, output));

    private void Fill(GgufTensor tensor, float deviation, Stream output)
    {
        var block = GgmlBlock.Of(tensor.Type);
        var bytes = new byte[block.Bytes * ChunkBlocks];
        for (var left = tensor.Bytes; left > 0; left -= bytes.Length)
        {
            var chunk = bytes.AsSpan(0, (int)Math.Min(left, bytes.Length));
            _random.NextBytes(chunk);
            for (var start = 0; start < chunk.Length; start += block.Bytes)
            {
                Shape(tensor.Type, chunk.Slice(start, block.Bytes), deviation);
            }

            output.Write(chunk);
        }
    }

    /// <summary>Gives a block of random bits the scale that makes its numbers spread as wanted (layouts: ggml-common.h).</summary>
    private void Shape(GgmlType type, Span<byte> block, float deviation)
    {
        switch (type)
        {
            case GgmlType.F32:
                MemoryMarshal.Write(block, deviation * NextGaussian());
                break;
            case GgmlType.F16:
                MemoryMarshal.Write(block, (Half)(deviation * NextGaussian()));
                break;
            case GgmlType.Q4_0:
                // 4-bit numbers from -8 to 7 spread by 4.61.
                MemoryMarshal.Write(block, (Half)(deviation / 4.61f));
                break;
            case GgmlType.Q8_0:
                // 8-bit numbers spread by 73.9.
                MemoryMarshal.Write(block, (Half)(deviation / 73.9f));
                break;
            case GgmlType.Q4_K:
                ShapeQ4K(block, deviation / 4.61f / 32);
                break;
            case GgmlType.Q6_K:
                // 16 scales of 32 before the scale of the whole; 6-bit numbers spread by 18.5.
                block.Slice(192, 16).Fill(32);
                MemoryMarshal.Write(block[208..], (Half)(deviation / 18.5f / 32));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "Such blocks cannot be written.");
        }
    }

    /// <summary>Scale, minimum, twelve bytes of 6-bit scales and minimums (all 32 here), 256 numbers of 4 bits from 0 to 15.</summary>
    private static void ShapeQ4K(Span<byte> block, float scale)
    {
        const byte LowSixBitsAre32AndHighTwoAre2 = 32 | (2 << 6);
        MemoryMarshal.Write(block, (Half)scale);
        MemoryMarshal.Write(block[2..], (Half)(scale * 7.5f));
        block.Slice(4, 8).Fill(LowSixBitsAre32AndHighTwoAre2);
        block.Slice(12, 4).Clear();
    }

    private float NextGaussian() =>
        MathF.Sqrt(-2 * MathF.Log(1 - _random.NextSingle())) * MathF.Cos(2 * MathF.PI * _random.NextSingle());
}
