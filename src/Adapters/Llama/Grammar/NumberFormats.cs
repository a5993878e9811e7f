namespace PersonalAi.Adapters.Llama.Grammar;

/// <summary>OpenAPI's formats of numbers.</summary>
internal static class NumberFormats
{
    /// <summary>The integers of a format, or null where it is none of integers.</summary>
    public static (decimal First, decimal Last)? RangeOf(string format) => format switch
    {
        "int8" => (sbyte.MinValue, sbyte.MaxValue),
        "uint8" => (byte.MinValue, byte.MaxValue),
        "int16" => (short.MinValue, short.MaxValue),
        "uint16" => (ushort.MinValue, ushort.MaxValue),
        "int32" => (int.MinValue, int.MaxValue),
        "uint32" => (uint.MinValue, uint.MaxValue),
        "int64" => (long.MinValue, long.MaxValue),
        "uint64" => (0, ulong.MaxValue),
        _ => null,
    };

    /// <summary>Whether a format holds every number that a grammar makes.</summary>
    public static bool IsUnbounded(string format) => format is "double" or "float" or "decimal";
}
