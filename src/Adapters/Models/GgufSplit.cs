using System.Collections.Immutable;
using System.Globalization;

namespace PersonalAi.Adapters.Models;

/// <summary>Which part of a model that is split over several files a file is (<c>split.no</c> and <c>split.count</c>).</summary>
/// <param name="Index">Counted from zero; the part 0 carries the metadata of all.</param>
/// <param name="Count">How many files the model consists of.</param>
public sealed record GgufSplit(int Index, int Count)
{
    private const string Pattern = "-00000-of-00000.gguf";

    /// <summary>The paths of all parts, by llama.cpp's rule for their names; just the path where it does not follow that rule.</summary>
    /// <param name="path">Any of them.</param>
    public static ImmutableArray<string> PathsOf(string path) => CountIn(path) is { } count
        ? [.. Enumerable.Range(1, count).Select(number => $"{path[..^Pattern.Length]}-{Digits(number)}-of-{Digits(count)}.gguf")]
        : [path];

    /// <summary>Whether a file is, by its name, one of several and not the first.</summary>
    internal static bool IsLaterPart(string path) => CountIn(path) is not null && PathsOf(path)[0] != path;

    // The name's end with every digit replaced shows whether it follows the rule.
    private static int? CountIn(string path)
    {
        var end = path.Length > Pattern.Length ? path[^Pattern.Length..] : "";
        var follows = new string([.. end.Select(c => char.IsAsciiDigit(c) ? '0' : c)]) == Pattern;
        return follows && int.Parse(end.AsSpan("-00000-of-".Length, 5), NumberStyles.None, CultureInfo.InvariantCulture) is > 1 and var count ? count : null;
    }

    private static string Digits(int number) => number.ToString("D5", CultureInfo.InvariantCulture);
}
