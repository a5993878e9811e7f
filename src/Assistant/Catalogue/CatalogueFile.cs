using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Terminal;
using YamlDotNet.RepresentationModel;

namespace PersonalAi.Assistant.Catalogue;

/// <summary>Reads a catalogue; what is wrong with it is a <see cref="UsageException"/> with file, line and reason.</summary>
internal sealed partial class CatalogueFile
{
    private static readonly ImmutableArray<string> Keys = ["hub", "licences", "models"];
    private static readonly ImmutableArray<string> LicenceKeys = ["name", "text", "accept", "summary"];
    private static readonly ImmutableArray<string> ModelKeys = ["family", "repository", "licence", "context", "template", "variants"];
    private static readonly ImmutableArray<string> VariantKeys = ["file", "bytes", "gb", "sha256"];

    private readonly YamlText _yaml;
    private readonly ModelCatalogue? _inherited;
    private ImmutableArray<CatalogueLicence> _licences;

    private CatalogueFile(string file, ModelCatalogue? inherited)
    {
        _yaml = new YamlText(file);
        _inherited = inherited;
        _licences = inherited?.Licences ?? [];
    }

    /// <summary>The catalogue in the file, on top of the inherited one, if any.</summary>
    public static ModelCatalogue Read(string file, ModelCatalogue? inherited)
    {
        var reader = new CatalogueFile(file, inherited);
        var root = reader._yaml.Parse(File.ReadAllText(file));
        return root is not null ? reader.Read(root)
            : inherited ?? throw new UsageException($"{file}:1: The catalogue is empty.");
    }

    private ModelCatalogue Read(YamlMappingNode root)
    {
        var fields = Fields(root, "a key of a catalogue", Keys);
        var hub = fields.TryGetValue("hub", out var node) ? Address(node, "hub") : _inherited?.Hub;
        foreach ((var key, var value) in Entries(fields, "licences"))
        {
            Replace(ref _licences, ReadLicence(key, value), licence => licence.Id);
        }

        var models = _inherited?.Models ?? [];
        foreach ((var key, var value) in Entries(fields, "models"))
        {
            Replace(ref models, ReadModel(key, value), model => model.Name);
        }

        return new ModelCatalogue(hub ?? throw Wrong(root, "The catalogue has no 'hub'"), _licences, models);
    }

    private CatalogueLicence ReadLicence(YamlNode key, YamlNode value)
    {
        var fields = Fields(value, "a key of a licence", LicenceKeys);
        return new CatalogueLicence(Name(key), Required(key, fields, "name"))
        {
            Text = fields.TryGetValue("text", out var text) ? Address(text, "text") : null,
            Summary = fields.TryGetValue("summary", out var summary) ? Texts(summary, "summary") : [],
            MustBeAccepted = Text(fields, "accept") switch
            {
                null or "false" => false,
                "true" => true,
                { } other => throw Wrong(fields["accept"], $"'{other}' is not allowed for 'accept', which takes true or false"),
            },
        };
    }

    private CatalogueModel ReadModel(YamlNode key, YamlNode value)
    {
        var name = Name(key);
        var known = _inherited?.Find(name);
        var fields = Fields(value, "a key of a model", ModelKeys);
        var variants = known?.Variants ?? [];
        foreach ((var tag, var variant) in Entries(fields, "variants"))
        {
            Replace(ref variants, ReadVariant(tag, variant), existing => existing.Tag);
        }

        return new CatalogueModel(
            name,
            fields.TryGetValue("repository", out var repository) ? Matching(repository, "repository", RepositoryPattern(), "owner/name") : known?.Repository ?? throw Absent(key, "repository"),
            fields.TryGetValue("licence", out var licence) ? Licence(licence) : known?.Licence ?? throw Absent(key, "licence"),
            variants.IsEmpty ? throw Absent(key, "variants") : variants)
        {
            Family = Text(fields, "family") ?? known?.Family,
            Context = fields.TryGetValue("context", out var context) ? (int)Number(context, "context", int.MaxValue) : known?.Context,
            Template = Text(fields, "template") ?? known?.Template,
        };
    }

    private CatalogueVariant ReadVariant(YamlNode key, YamlNode value)
    {
        var fields = Fields(value, "a key of a variant", VariantKeys);
        var file = fields.TryGetValue("file", out var node)
            ? Matching(node, "file", FilePattern(), "the name of a .gguf file, without a folder")
            : throw Absent(key, "file");
        var variant = new CatalogueVariant(Name(key), file)
        {
            Bytes = fields.TryGetValue("bytes", out var bytes) ? Number(bytes, "bytes", long.MaxValue) : null,
            RoundedBytes = fields.TryGetValue("gb", out var gigabytes) ? Gigabytes(gigabytes) : null,
            Sha256 = fields.TryGetValue("sha256", out var hashes) ? [.. Texts(hashes, "sha256").Select(hash => Hash(hashes, hash))] : [],
        };
        return variant.Sha256.IsEmpty || variant.Sha256.Length == variant.Files.Length
            ? variant
            : throw Wrong(hashes!, $"'sha256' has {variant.Sha256.Length} hashes for {variant.Files.Length} files");
    }

    private CatalogueLicence Licence(YamlNode node)
    {
        var id = Scalar(node, "licence");
        return _licences.FirstOrDefault(licence => licence.Id == id)
            ?? throw Wrong(node, $"'{id}' is not one of the licences of the catalogue ({string.Join(", ", _licences.Select(licence => licence.Id))})");
    }

    private Dictionary<string, YamlNode> Fields(YamlNode node, string what, ImmutableArray<string> keys)
    {
        var mapping = node as YamlMappingNode ?? throw Wrong(node, "This is not a section: put its values on lines below it, indented");
        var unknown = mapping.Children.Keys.FirstOrDefault(key => !keys.Contains(key.ToString()));
        return unknown is null
            ? mapping.Children.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value)
            : throw new UsageException($"{_yaml.Place(unknown)}: '{unknown}' is not {what}; {DidYouMean.Ending(unknown.ToString(), keys)}");
    }

    private IEnumerable<KeyValuePair<YamlNode, YamlNode>> Entries(Dictionary<string, YamlNode> fields, string key) => fields.GetValueOrDefault(key) switch
    {
        null or YamlScalarNode { Value: "" } => [],
        YamlMappingNode mapping => mapping.Children,
        { } other => throw Wrong(other, $"'{key}' is a section: put its entries on lines below it, indented"),
    };

    private string? Text(Dictionary<string, YamlNode> fields, string key) =>
        fields.TryGetValue(key, out var node) ? _yaml.Scalar(node, $"'{key}' takes text") : null;

    private string Required(YamlNode owner, Dictionary<string, YamlNode> fields, string key) => Text(fields, key) ?? throw Absent(owner, key);

    private string Scalar(YamlNode node, string key) => _yaml.Scalar(node, $"'{key}' takes text") ?? throw Wrong(node, $"'{key}' is empty");

    private string Name(YamlNode key) => Matching(key, "a name", NamePattern(), "letters, digits, points, hyphens and underscores");

    private ImmutableArray<string> Texts(YamlNode node, string key) => node is YamlSequenceNode list
        ? [.. list.Children.Select(item => Scalar(item, key))]
        : [Scalar(node, key)];

    private string Matching(YamlNode node, string key, Regex pattern, string allowed)
    {
        var text = Scalar(node, key);
        return pattern.IsMatch(text) ? text : throw Wrong(node, $"'{text}' is not allowed for '{key}', which takes {allowed}");
    }

    private Uri Address(YamlNode node, string key)
    {
        var text = Scalar(node, key);
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? address
            : throw Wrong(node, $"'{text}' is not allowed for '{key}', which takes an address that begins with https://");
    }

    private long Number(YamlNode node, string key, long highest)
    {
        var text = Scalar(node, key);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= highest
            ? number
            : throw Wrong(node, $"'{text}' is not allowed for '{key}', which takes a whole number from 1 on");
    }

    private long Gigabytes(YamlNode node)
    {
        var text = Scalar(node, "gb");
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1_000_000
            ? (long)(number * 1_000_000_000)
            : throw Wrong(node, $"'{text}' is not allowed for 'gb', which takes a number like 7.87");
    }

    private string Hash(YamlNode node, string text) => HashPattern().IsMatch(text)
        ? text.ToLowerInvariant()
        : throw Wrong(node, $"'{text}' is not allowed for 'sha256', which takes 64 hexadecimal digits");

    private UsageException Absent(YamlNode owner, string key) => Wrong(owner, $"'{owner}' has no '{key}'");

    private UsageException Wrong(YamlNode node, string reason) => new($"{_yaml.Place(node)}: {reason}.");

    // What is known already keeps its place in the list.
    private static void Replace<T>(ref ImmutableArray<T> list, T item, Func<T, string> key)
    {
        var index = list.ToList().FindIndex(known => string.Equals(key(known), key(item), StringComparison.OrdinalIgnoreCase));
        list = index < 0 ? list.Add(item) : list.SetItem(index, item);
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*$")]
    private static partial Regex RepositoryPattern();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*\\.gguf$")]
    private static partial Regex FilePattern();

    [GeneratedRegex("^[0-9A-Fa-f]{64}$")]
    private static partial Regex HashPattern();
}
