using System.Buffers;
using System.Globalization;

namespace PersonalAi.Tools.BuiltIn.Web;

/// <summary>Tells from the declarations of a style whether nobody sees what has it.</summary>
internal static class Declarations
{
    // Further out than any screen.
    private const double Away = -500;

    private static readonly SearchValues<char> Numeric = SearchValues.Create("+-.0123456789");

    private static readonly string[] Telling =
        ["display", "visibility", "opacity", "font-size", "width", "height", "left", "top", "right", "text-indent", "margin-left", "overflow", "background", "clip", "transform", "color", "content-visibility"];

    /// <summary>Whether a block says anything that could hide, or show again what is hidden.</summary>
    public static bool MayHide(string block) => Telling.Any(property => block.Contains(property, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds the declarations of a block; later ones take the place of earlier ones, unless those are important.</summary>
    public static void Read(string block, Dictionary<string, string> into)
    {
        foreach (var declaration in block.Split(';'))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                continue;
            }

            var property = declaration[..colon].Trim().ToLowerInvariant();
            var value = declaration[(colon + 1)..].Replace(" ", "", StringComparison.Ordinal).Trim().ToLowerInvariant();
            if (value.Contains("!important", StringComparison.Ordinal) || !into.GetValueOrDefault(property, "").Contains("!important", StringComparison.Ordinal))
            {
                into[property] = value;
            }
        }
    }

    /// <summary>Whether an element with these declarations is not seen.</summary>
    public static bool Hide(Dictionary<string, string> style)
    {
        return Of("display") is "none"
            || Of("visibility") is "hidden" or "collapse"
            || Of("content-visibility") is "hidden"
            || Number("opacity") <= 0.05
            || IsTiny(Of("font-size"))
            || (Of("overflow") is "hidden" or "clip" && (IsTiny(Of("width")) || IsTiny(Of("height")) || IsTiny(Of("max-width")) || IsTiny(Of("max-height"))))
            || Number("left") < Away || Number("top") < Away || Number("right") < Away || Number("text-indent") < Away || Number("margin-left") < Away
            || Begins("clip", "rect(0", "rect(1px")
            || Begins("clip-path", "inset(50%", "inset(100%", "circle(0")
            || Begins("transform", "scale(0)", "scale(0,", "scalex(0)", "scaley(0)")
            || Of("color") is { } colour && (colour == "transparent" || colour == (Of("background-color") ?? Of("background")));

        string? Of(string property) => style.TryGetValue(property, out var value) ? value.Replace("!important", "", StringComparison.Ordinal) : null;

        double? Number(string property) => NumberIn(Of(property));

        bool Begins(string property, params ReadOnlySpan<string> values)
        {
            var value = Of(property);
            foreach (var start in values)
            {
                if (value?.StartsWith(start, StringComparison.Ordinal) == true)
                {
                    return true;
                }
            }

            return false;
        }
    }

    // Whatever is not nothing and not counted in points of the screen is as large as its surroundings.
    private static bool IsTiny(string? length) =>
        NumberIn(length) is { } number && (number == 0 || (number <= 1 && (length!.EndsWith("px", StringComparison.Ordinal) || length.EndsWith("pt", StringComparison.Ordinal))));

    private static double? NumberIn(string? value)
    {
        var number = value.AsSpan();
        var end = number.IndexOfAnyExcept(Numeric);
        return double.TryParse(end < 0 ? number : number[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
    }
}
