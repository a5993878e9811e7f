using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace PersonalAi.Adapters.Models;

/// <summary>What a published BERT model's config.json says, as far as the conversion needs it.</summary>
internal sealed record BertConfig(
    string ModelType,
    uint HiddenSize,
    uint NumHiddenLayers,
    uint NumAttentionHeads,
    uint IntermediateSize,
    uint MaxPositionEmbeddings,
    uint TypeVocabSize,
    float LayerNormEps);

/// <summary>A published tokenizer.json, as far as the conversion needs it.</summary>
internal sealed record BertTokenizer(BertTokenizerModel Model, IReadOnlyList<BertAddedToken> AddedTokens);

/// <summary>The vocabulary, token to id.</summary>
internal sealed record BertTokenizerModel(string Type, Dictionary<string, int> Vocab);

/// <summary>A token outside the ordinary vocabulary.</summary>
internal sealed record BertAddedToken(string Content, bool Special);

/// <summary>Reads the JSON files of a published model.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BertConfig))]
[JsonSerializable(typeof(BertTokenizer))]
internal sealed partial class BertSource : JsonSerializerContext
{
    /// <exception cref="ModelException">The file is not what its name promises.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> type)
    {
        using var stream = File.OpenRead(path);
        try
        {
            return JsonSerializer.Deserialize(stream, type) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException e)
        {
            throw new ModelException(
                ModelError.Corrupt, $"\"{Path.GetFileName(path)}\" cannot be read ({e.Message}): build the project again.", e);
        }
    }
}
