using System.Globalization;

namespace PersonalAi.Tools.BuiltIn.Files;

/// <summary>Writes sizes for people and models.</summary>
internal static class ByteSize
{
    /// <summary>In bytes, KB, MB or GB, of 1,000 of the next smaller each.</summary>
    public static string Of(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} KB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
    };
}
