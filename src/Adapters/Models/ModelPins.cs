using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PersonalAi.Adapters.Models;

/// <summary>The pins of all known models: models.json in the models folder, replaced as a whole at every change.</summary>
internal sealed class ModelPins
{
    private const int FormatVersion = 1;

    private readonly string _folder;
    private readonly ImmutableSortedDictionary<string, ModelPin> _pins;

    private ModelPins(string folder, ImmutableSortedDictionary<string, ModelPin> pins)
    {
        _folder = folder;
        _pins = pins;
    }

    /// <exception cref="ModelException">The list is damaged or newer than this program; it is left as it is.</exception>
    public static ModelPins Load(string folder)
    {
        var path = PathIn(folder);
        try
        {
            var list = JsonSerializer.Deserialize(File.ReadAllBytes(path), ModelPinJson.Default.ModelPinList)
                ?? throw new JsonException("The file holds null.");
            return list.Version == FormatVersion
                ? new ModelPins(folder, list.Models.ToImmutableSortedDictionary(StringComparer.Ordinal))
                : throw new ModelException(
                    ModelError.Unsupported,
                    $"The list of trusted models \"{path}\" has version {list.Version}, and this program knows {FormatVersion}: use the newer program.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new ModelPins(folder, ImmutableSortedDictionary.Create<string, ModelPin>(StringComparer.Ordinal));
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw ModelFileError.Reading(path, e);
        }
        catch (JsonException e)
        {
            throw new ModelException(
                ModelError.Corrupt,
                $"The list of trusted models \"{path}\" is damaged ({e.Message}): repair it, or delete it to trust each model again at its next use.",
                e);
        }
    }

    /// <summary>The pin of a file, if it has one.</summary>
    /// <param name="path">Its full path.</param>
    public ModelPin? Find(string path) => _pins.GetValueOrDefault(KeyOf(path));

    /// <summary>Adds or replaces a pin and writes the list. The folder's lock must be held.</summary>
    public void Save(string path, ModelPin pin) => Save(_pins.SetItem(KeyOf(path), pin));

    /// <summary>Removes a pin, if there is one, and writes the list. The folder's lock must be held.</summary>
    public void Remove(string path) => Save(_pins.Remove(KeyOf(path)));

    private void Save(ImmutableSortedDictionary<string, ModelPin> pins)
    {
        var list = new ModelPinList(FormatVersion, pins);
        var target = PathIn(_folder);
        try
        {
            Replace(target, list);
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            throw ModelFileError.Writing(target, e);
        }
    }

    private static void Replace(string target, ModelPinList list)
    {
        using (var stream = File.Create(target + ".new"))
        {
            JsonSerializer.Serialize(stream, list, ModelPinJson.Default.ModelPinList);
            stream.Flush(flushToDisk: true);
        }

        File.Move(target + ".new", target, overwrite: true);
    }

    private static string PathIn(string folder) => Path.Combine(folder, "models.json");

    /// <summary>The path from the models folder on, so that the folder can be moved; elsewhere the full path.</summary>
    private string KeyOf(string path) => path.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        ? path[(_folder.Length + 1)..].Replace(Path.DirectorySeparatorChar, '/')
        : path;
}

/// <summary>The content of models.json.</summary>
internal sealed record ModelPinList(int Version, IReadOnlyDictionary<string, ModelPin> Models);

/// <summary>Reads and writes models.json.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ModelPinList))]
internal sealed partial class ModelPinJson : JsonSerializerContext;
