using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PersonalAi.Adapters.Models;

/// <summary>
/// The key-value pairs of a GGUF file, in its order. A value is a <see cref="byte"/>, <see cref="sbyte"/>, <see cref="ushort"/>,
/// <see cref="short"/>, <see cref="uint"/>, <see cref="int"/>, <see cref="ulong"/>, <see cref="long"/>, <see cref="float"/>,
/// <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>, or an array of one of these.
/// </summary>
public sealed class GgufMetadata
{
    private readonly string _fileName;
    private readonly OrderedDictionary<string, object> _values = new(StringComparer.Ordinal);

    internal GgufMetadata(string fileName) => _fileName = fileName;

    /// <summary>All keys with their values.</summary>
    public IReadOnlyCollection<KeyValuePair<string, object>> Entries => _values;

    /// <summary>The value of a key where it has exactly this type, arrays included.</summary>
    public bool TryGet<T>(string key, [MaybeNullWhen(false)] out T value)
        where T : notnull
    {
        if (_values.GetValueOrDefault(key) is T found)
        {
            value = found;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The value of a key where it is an integer of whatever width that fits, as writers differ in the width they choose.</summary>
    public bool TryGetUInt32(string key, out uint value)
    {
        var number = ToUInt32(_values.GetValueOrDefault(key));
        value = number ?? 0;
        return number is not null;
    }

    /// <summary>The values of a key that holds one number for the whole model, or one for each layer.</summary>
    public bool TryGetUInt32s(string key, out ImmutableArray<uint> values)
    {
        uint?[] numbers = _values.GetValueOrDefault(key) switch
        {
            Array array => [.. array.Cast<object>().Select(ToUInt32)],
            var scalar => [ToUInt32(scalar)],
        };
        var fits = numbers is not [] && numbers.All(number => number is not null);
        values = fits ? [.. numbers.Select(number => number!.Value)] : [];
        return fits;
    }

    /// <summary>The text of a key that must be there.</summary>
    /// <exception cref="ModelException">It is absent or of another type.</exception>
    public string GetString(string key) => TryGet<string>(key, out var value) ? value : throw Missing(key, "text");

    /// <summary>The number of a key that must be there.</summary>
    /// <exception cref="ModelException">It is absent, of another type, or does not fit.</exception>
    public uint GetUInt32(string key) => TryGetUInt32(key, out var value) ? value : throw Missing(key, "number");

    internal bool TryAdd(string key, object value) => _values.TryAdd(key, value);

    private static uint? ToUInt32(object? value)
    {
        Int128? number = value switch
        {
            ulong large => large,
            byte or sbyte or ushort or short or uint or int or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            _ => null,
        };
        return number >= 0 && number <= uint.MaxValue ? (uint)number : null;
    }

    private ModelException Missing(string key, string what) => new(
        ModelError.Corrupt,
        $"The model file \"{_fileName}\" has no {what} under \"{key}\": replace it with one that has it.");
}
