using System.Collections.Immutable;
using System.Globalization;

namespace PersonalAi.Adapters.Models.Lora;

/// <summary>
/// Names a model, and the adapters it shall answer with: <c>model+adapter@scale+adapter@scale</c>; the scale is 1 where it is left out.
/// </summary>
/// <param name="Model">The model, as <see cref="ModelStore.FindAsync"/> takes it.</param>
/// <param name="Adapters">The adapters, as <see cref="AdapterStore.Find"/> takes them.</param>
/// <remarks>
/// File names may hold '+' and '@' as well. What names a file goes before what could be a separator: the model is the longest part
/// up to the end or a '+' that names one exactly, and so is each adapter after it. Where nothing is named exactly, the first '+' separates.
/// </remarks>
public sealed record ModelRef(string Model, ImmutableArray<AdapterRef> Adapters)
{
    /// <summary>Reads a reference.</summary>
    /// <param name="text">The reference.</param>
    /// <param name="isModel">Whether a text names a model exactly.</param>
    /// <param name="isAdapter">Whether a text names an adapter exactly.</param>
    /// <exception cref="ModelException">A name is empty, a scale is no finite number, or an adapter is named twice (<see cref="ModelError.Unsupported"/>).</exception>
    public static ModelRef Parse(string text, Func<string, bool> isModel, Func<string, bool> isAdapter)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = new Queue<string>(text.Split('+'));
        var model = TakeLongest(rest, isModel);
        var adapters = ImmutableArray.CreateBuilder<AdapterRef>();
        while (rest.Count > 0)
        {
            adapters.Add(AdapterRef.Parse(TakeLongest(rest, part => isAdapter(part) || isAdapter(AdapterRef.NameIn(part))), isAdapter));
        }

        var names = adapters.Select(adapter => adapter.Name).Prepend(model);
        return names.Any(string.IsNullOrWhiteSpace) ? throw Refusal(text, "lacks a name beside a '+'")
            : adapters.FirstOrDefault(adapter => adapters.Count(other => other.Name == adapter.Name) > 1) is { } twice ? throw Refusal(text, $"names the adapter '{twice.Name}' twice")
            : new ModelRef(model, adapters.ToImmutable());
    }

    /// <summary>The reference as it is written, scales of 1 left out.</summary>
    public override string ToString() => string.Concat([Model, .. Adapters.Select(adapter => $"+{adapter}")]);

    internal static ModelException Refusal(string text, string what) =>
        new(ModelError.Unsupported, $"The model reference '{text}' {what}: write MODEL+ADAPTER@SCALE, for example 'llama-2-13b-chat+me@0.8'.");

    // Takes the parts that together name a file, as many as possible; else the first.
    private static string TakeLongest(Queue<string> parts, Func<string, bool> names)
    {
        var all = parts.ToArray();
        var count = Enumerable.Range(1, all.Length).LastOrDefault(count => names(string.Join('+', all[..count])), 1);
        for (var i = 0; i < count; i++)
        {
            parts.Dequeue();
        }

        return string.Join('+', all[..count]);
    }
}

/// <summary>Names an adapter and says how strongly it acts.</summary>
/// <param name="Name">As <see cref="AdapterStore.Find"/> takes it.</param>
/// <param name="Scale">1 is as it was trained, 0 not at all; any finite number is allowed.</param>
public sealed record AdapterRef(string Name, float Scale)
{
    /// <summary>The reference as it is written, a scale of 1 left out.</summary>
    public override string ToString() => Scale is 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}@{Scale}");

    internal static string NameIn(string text) => text.LastIndexOf('@') is >= 0 and var at ? text[..at] : text;

    internal static AdapterRef Parse(string text, Func<string, bool> isAdapter)
    {
        var name = isAdapter(text) ? text : NameIn(text);
        if (name.Length == text.Length)
        {
            return new AdapterRef(name, 1);
        }

        var scale = text[(name.Length + 1)..];
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return float.TryParse(scale, Style, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number)
            ? new AdapterRef(name, number)
            : throw ModelRef.Refusal(text, $"gives the scale '{scale}', which is no number");
    }
}
