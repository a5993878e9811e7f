using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Tests.Fakes;

/// <summary>The quantisations that <see cref="RandomModelWriter"/> can write, with their ids in <c>general.file_type</c>.</summary>
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
internal sealed class RandomModelWriter
{
    // One fill of the buffer; the stream gets long writes and progress is told often enough.
    private const int ChunkBlocks = 16_384;

    private readonly LlamaShape _shape;
    private readonly RandomQuantisation _quantisation;
    private readonly Random _random;
    private readonly GgufWriter _writer = new();

    /// <summary>Prepares a model; nothing is written yet.</summary>
    /// <param name="shape">Its extents.</param>
    /// <param name="quantisation">How its matrices are stored; Q4_K_M wants extents that are multiples of 256, Q4_0 and Q8_0 of 32.</param>
    /// <param name="vocabulary">Whose tokens and chat template it gets.</param>
    /// <param name="seed">Other seeds give other weights.</param>
    public RandomModelWriter(LlamaShape shape, RandomQuantisation quantisation, GgufFile vocabulary, int seed)
    {
        _shape = shape;
        _quantisation = quantisation;
        _random = new Random(seed);
        shape.Describe(_writer, "random", (uint)quantisation, vocabulary, withTemplate: true);
        AddTensors(vocabulary.Metadata.TryGet<string[]>("tokenizer.ggml.tokens", out var tokens) ? tokens.Length : 0);
    }

    /// <summary>How long the weights will be, in bytes; metadata add a megabyte or two.</summary>
    public long Bytes { get; private set; }

    /// <summary>llama.cpp's choice for the last matrix of the 4-bit types, where its rows are long enough.</summary>
    private GgmlType OfOutput => _quantisation is RandomQuantisation.Q4_0 or RandomQuantisation.Q4_K_M && _shape.Width % GgmlBlock.Of(GgmlType.Q6_K).Elements == 0
        ? GgmlType.Q6_K
        : Usual;

    private GgmlType Usual => _quantisation switch
    {
        RandomQuantisation.F32 => GgmlType.F32,
        RandomQuantisation.F16 => GgmlType.F16,
        RandomQuantisation.Q4_0 => GgmlType.Q4_0,
        RandomQuantisation.Q8_0 => GgmlType.Q8_0,
        _ => GgmlType.Q4_K,
    };

    /// <summary>Writes the model, a chunk at a time.</summary>
    /// <param name="output">Stands at its beginning and knows its position.</param>
    public void WriteTo(Stream output) => _writer.WriteTo(output);

    private void AddTensors(int vocabulary)
    {
        Add("token_embd.weight", Usual, 1, _shape.Width, vocabulary);
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            AddLayer(layer);
        }

        AddNorm("output_norm.weight");
        Add("output.weight", OfOutput, Deviation(_shape.Width), _shape.Width, vocabulary);
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

    private void AddNorm(string name) => Add(name, GgmlType.F32, [_shape.Width], (tensor, output) =>
    {
        var ones = new float[tensor.Elements];
        Array.Fill(ones, 1);
        output.Write(MemoryMarshal.AsBytes(ones.AsSpan()));
    });

    private void Add(string name, GgmlType type, float deviation, params ReadOnlySpan<long> extents) =>
        Add(name, type, extents, (tensor, output) => Fill(tensor, deviation, output));

    private void Add(string name, GgmlType type, ReadOnlySpan<long> extents, Action<GgufTensor, Stream> write)
    {
        Bytes += GgmlBlock.Of(type).BytesFor(TensorPrimitives.Product(extents));
        _writer.AddTensor(name, type, extents, write);
    }

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
                // 4-bit numbers from -8 to 7, in mean -0.5: half of the scales are negative, since a mean other than 0 would add up.
                MemoryMarshal.Write(block, (Half)(deviation / (block[0] < 128 ? 4.64f : -4.64f)));
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
