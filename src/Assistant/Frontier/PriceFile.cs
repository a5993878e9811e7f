using System.Collections.Immutable;
using System.Globalization;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;
using YamlDotNet.RepresentationModel;

namespace PersonalAi.Assistant.Frontier;

/// <summary>Reads prices from YAML; what is wrong with it is a <see cref="UsageException"/> with file, line and reason.</summary>
internal sealed class PriceFile
{
    private static readonly ImmutableArray<string> Keys = ["model", "input", "output", "cached", "over", "as_of", "source"];

    private readonly YamlText _yaml;

    private PriceFile(string file) => _yaml = new YamlText(file);

    /// <summary>The prices in a text, in its order.</summary>
    /// <param name="file">What messages call it.</param>
    /// <param name="text">The text.</param>
    /// <param name="isOwn">Whether the user has written it.</param>
    public static ImmutableArray<ModelPrice> Read(string file, string text, bool isOwn)
    {
        var reader = new PriceFile(file);
        return reader._yaml.Parse(text) is { } root ? [.. reader.Entries(root).Select(entry => reader.Price(entry) with { IsOwn = isOwn })] : [];
    }

    private IEnumerable<YamlMappingNode> Entries(YamlMappingNode root)
    {
        var other = root.Children.Keys.FirstOrDefault(key => key.ToString() != "prices");
        return other is not null ? throw Wrong(other, $"'{other}' is not known here; the file has one list, 'prices'") : root.Children.Values.SingleOrDefault() switch
        {
            YamlSequenceNode list => list.Children.Select(item => item as YamlMappingNode ?? throw Wrong(item, "This is no price; write it as '- model: NAME' with its values below")),
            YamlScalarNode { Value: "" } or null => [],
            { } node => throw Wrong(node, "'prices' is a list; begin each price with '- model: NAME'"),
        };
    }

    private ModelPrice Price(YamlMappingNode entry)
    {
        if (entry.Children.Keys.FirstOrDefault(key => !Keys.Contains(key.ToString())) is { } unknown)
        {
            throw new UsageException($"{_yaml.Place(unknown)}: '{unknown}' is not a key of a price; {DidYouMean.Ending(unknown.ToString(), Keys)}");
        }

        return new ModelPrice(Required(entry, "model"), Amount(entry, "input"), Amount(entry, "output"), AsOf(entry))
        {
            Cached = Text(entry, "cached") is null ? null : Amount(entry, "cached"),
            Over = Text(entry, "over") is { } over ? Whole(entry, over) : null,
            Source = Text(entry, "source"),
        };
    }

    private string? Text(YamlMappingNode entry, string key) => entry.Children.TryGetValue(key, out var node) ? _yaml.Scalar(node, $"'{key}' takes text") : null;

    private string Required(YamlMappingNode entry, string key) => Text(entry, key) ?? throw Wrong(entry, $"This price has no '{key}'");

    private decimal Amount(YamlMappingNode entry, string key) =>
        decimal.TryParse(Required(entry, key), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : throw Wrong(entry[key], $"'{entry[key]}' is not allowed for '{key}', which takes US dollars for a million tokens, such as 2.50");

    private int Whole(YamlMappingNode entry, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(entry["over"], $"'{text}' is not allowed for 'over', which takes a whole number of tokens");

    private DateOnly AsOf(YamlMappingNode entry) =>
        DateOnly.TryParseExact(Required(entry, "as_of"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Wrong(entry["as_of"], $"'{entry["as_of"]}' is not allowed for 'as_of', which takes a date like 2026-11-21");

    private UsageException Wrong(YamlNode node, string reason) => new($"{_yaml.Place(node)}: {reason}.");
}
