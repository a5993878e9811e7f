using System.Text.Json;
using System.Text.Json.Serialization;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Adapters.Llama.Tuning;

/// <summary>What was measured: tuning.json in the models folder. It is a cache: what cannot be read or written is measured again.</summary>
/// <param name="folder">The models folder.</param>
public sealed class TuningFile(string folder)
{
    private readonly string _path = Path.Combine(folder, "tuning.json");

    /// <summary>What was measured for a kind of model on a machine; null where nothing was.</summary>
    public ModelTuning? Find(TuningKey key) => Read().FirstOrDefault(tuning => tuning.Key == key);

    /// <summary>Keeps what was measured, in place of what was measured before.</summary>
    public void Save(ModelTuning tuning)
    {
        ArgumentNullException.ThrowIfNull(tuning);
        Write([.. Read().Where(other => other.Key != tuning.Key), tuning]);
    }

    private ModelTuning[] Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(_path), TuningJson.Default.ModelTuningArray) ?? [];
        }
        catch (Exception e) when (e is JsonException || ModelFileError.Is(e))
        {
            return [];
        }
    }

    private void Write(ModelTuning[] tunings)
    {
        try
        {
            // Another process may write too: whoever is last wins, and no reader sees a half.
            var unfinished = $"{_path}.{Environment.ProcessId}.new";
            File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(tunings, TuningJson.Default.ModelTuningArray));
            File.Move(unfinished, _path, overwrite: true);
        }
        catch (Exception e) when (ModelFileError.Is(e))
        {
            // What cannot be kept is measured again.
        }
    }
}

/// <summary>Reads and writes tuning.json.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelTuning[]))]
internal sealed partial class TuningJson : JsonSerializerContext;
