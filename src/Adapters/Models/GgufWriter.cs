using System.Runtime.InteropServices;
using System.Text;

namespace PersonalAi.Adapters.Models;

/// <summary>Writes a GGUF file of version 3: metadata and tensors in the order they were added, tensors streamed one by one.</summary>
internal sealed class GgufWriter
{
    private const int Alignment = 32;

    private readonly List<KeyValuePair<string, object>> _metadata = [];
    private readonly List<(GgufTensor Tensor, Action<GgufTensor, Stream> WriteData)> _tensors = [];
    private long _dataLength;

    /// <summary>Adds metadata.</summary>
    /// <param name="key">Its name, new to this file.</param>
    /// <param name="value">A value of one of the types that <see cref="GgufMetadata"/> lists.</param>
    public void Add(string key, object value) => _metadata.Add(new(key, value));

    /// <summary>Adds a tensor whose data will be asked for when it is their turn.</summary>
    /// <param name="name">Its name, new to this file.</param>
    /// <param name="type">How its numbers are stored.</param>
    /// <param name="shape">Extents in ggml's order, ne0 first.</param>
    /// <param name="writeData">Writes exactly <see cref="GgufTensor.Bytes"/> to the stream; called once, in the order of the file.</param>
    public void AddTensor(string name, GgmlType type, ReadOnlySpan<long> shape, Action<GgufTensor, Stream> writeData)
    {
        var tensor = new GgufTensor(name, [.. shape], type, _dataLength, 0);
        tensor = tensor with { Bytes = GgmlBlock.Of(type).BytesFor(tensor.Elements) };
        _tensors.Add((tensor, writeData));
        _dataLength += Padded(tensor.Bytes);
    }

    /// <summary>Writes the file to a stream that knows its position and stands at its beginning.</summary>
    /// <exception cref="InvalidOperationException">A tensor's data have another length than announced.</exception>
    public void WriteTo(Stream output)
    {
        WriteHeader(output);
        var start = output.Position;
        foreach ((var tensor, var writeData) in _tensors)
        {
            writeData(tensor, output);
            if (output.Position != start + tensor.Offset + tensor.Bytes)
            {
                throw new InvalidOperationException($"The data of the tensor \"{tensor.Name}\" are not {tensor.Bytes} bytes long.");
            }

            Pad(output);
        }
    }

    private void WriteHeader(Stream output)
    {
        output.Write("GGUF"u8);
        Write(output, 3u);
        Write(output, (ulong)_tensors.Count);
        Write(output, (ulong)_metadata.Count);
        foreach ((var key, var value) in _metadata)
        {
            WriteString(output, key);
            WriteValue(output, value);
        }

        foreach ((var tensor, _) in _tensors)
        {
            WriteString(output, tensor.Name);
            Write(output, (uint)tensor.Shape.Length);
            output.Write(MemoryMarshal.AsBytes(tensor.Shape.AsSpan()));
            Write(output, (uint)tensor.Type);
            Write(output, (ulong)tensor.Offset);
        }

        Pad(output);
    }

    private static void WriteValue(Stream output, object value)
    {
        Write(output, (uint)TypeOf(value.GetType()));
        if (value is Array items)
        {
            Write(output, (uint)TypeOf(value.GetType().GetElementType()!));
            Write(output, (ulong)items.Length);
            foreach (var item in items)
            {
                WriteScalar(output, item);
            }
        }
        else
        {
            WriteScalar(output, value);
        }
    }

    private static GgufValueType TypeOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => GgufValueType.UInt8,
        TypeCode.SByte => GgufValueType.Int8,
        TypeCode.UInt16 => GgufValueType.UInt16,
        TypeCode.Int16 => GgufValueType.Int16,
        TypeCode.UInt32 => GgufValueType.UInt32,
        TypeCode.Int32 => GgufValueType.Int32,
        TypeCode.Single => GgufValueType.Float32,
        TypeCode.Boolean => GgufValueType.Bool,
        TypeCode.String => GgufValueType.String,
        TypeCode.UInt64 => GgufValueType.UInt64,
        TypeCode.Int64 => GgufValueType.Int64,
        TypeCode.Double => GgufValueType.Float64,
        _ when type.IsArray => GgufValueType.Array,
        _ => throw new ArgumentException($"GGUF has no values of the type \"{type}\".", nameof(type)),
    };

    private static void WriteScalar(Stream output, object value)
    {
        switch (value)
        {
            case byte number: Write(output, number); break;
            case sbyte number: Write(output, number); break;
            case ushort number: Write(output, number); break;
            case short number: Write(output, number); break;
            case uint number: Write(output, number); break;
            case int number: Write(output, number); break;
            case float number: Write(output, number); break;
            case bool flag: Write(output, flag ? (byte)1 : (byte)0); break;
            case string text: WriteString(output, text); break;
            case ulong number: Write(output, number); break;
            case long number: Write(output, number); break;
            case double number: Write(output, number); break;
            default: throw new ArgumentException($"GGUF has no items of the type \"{value.GetType()}\".", nameof(value));
        }
    }

    private static void WriteString(Stream output, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Write(output, (ulong)bytes.Length);
        output.Write(bytes);
    }

    private static void Write<T>(Stream output, T value)
        where T : unmanaged =>
        output.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(ref value)));

    private static void Pad(Stream output) => output.Write(stackalloc byte[(int)(Padded(output.Position) - output.Position)]);

    private static long Padded(long length) => (length + Alignment - 1) / Alignment * Alignment;
}
