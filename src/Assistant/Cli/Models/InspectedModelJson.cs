using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;

namespace PersonalAi.Assistant.Cli.Models;

/// <summary>A model file as <c>pai models inspect --json</c> prints it; sizes are in bytes.</summary>
internal sealed record InspectedModelJson(
    string Id,
    string Path,
    long FileBytes,
    string? Sha256,
    string Trust,
    string? Architecture,
    string? Name,
    string? Licence,
    long Parameters,
    string Quantisation,
    double BitsPerWeight,
    uint? ContextLength,
    uint? EmbeddingLength,
    uint? Layers,
    uint? Heads,
    uint? KvHeads,
    string? Tokenizer,
    int VocabularySize,
    string? ChatTemplate,
    int TensorCount,
    IEnumerable<TensorTypeJson> TensorTypes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IEnumerable<TensorJson>? Tensors,
    IEnumerable<NeedsJson> Needs,
    MachineMemory Memory,
    bool Fits,
    TunedChoiceJson? Tuned)
{
    public static InspectedModelJson From(InspectedModel model, bool withTensors)
    {
        var file = model.Inspection;
        return new InspectedModelJson(
            model.Entry.Id,
            file.Path,
            file.FileBytes,
            model.Entry.Sha256,
            model.Entry.Trust.ToJsonName(),
            file.Architecture,
            file.Name,
            file.Licence,
            file.Parameters,
            file.Quantisation,
            Math.Round(model.BitsPerWeight, 2),
            file.ContextLength,
            file.EmbeddingLength,
            file.Layers,
            file.Heads,
            file.KvHeads,
            file.Tokenizer,
            file.VocabularySize,
            model.Template,
            file.Tensors.Length,
            file.Types.Select(share => new TensorTypeJson(share.Type.ToString(), share.Tensors, share.Bytes)),
            withTensors ? file.Tensors.Select(tensor => new TensorJson(tensor.Name, tensor.Type.ToString(), tensor.Shape, tensor.Bytes)) : null,
            model.Needs.Select(NeedsJson.From),
            model.Memory,
            model.Fits,
            TunedChoiceJson.Of(model.Tuning?.Choice));
    }
}

/// <summary>How much of a model has one type.</summary>
internal sealed record TensorTypeJson(string Type, int Tensors, long Bytes);

/// <summary>A tensor; the contiguous extent comes first.</summary>
internal sealed record TensorJson(string Name, string Type, ImmutableArray<long> Shape, long Bytes);

/// <summary>What a model needs for a context.</summary>
internal sealed record NeedsJson(
    uint ContextTokens, long WeightBytes, long KvBytesPerTokenF16, long KvBytesPerTokenQ8_0, long KvBytesF16, long KvBytesQ8_0, long ComputeBytes, long TotalBytes)
{
    public static NeedsJson From(ModelNeeds needs) => new(
        needs.ContextLength,
        needs.WeightBytes,
        needs.KvBytesPerTokenF16,
        needs.KvBytesPerTokenQ8,
        needs.KvBytesF16,
        needs.KvBytesQ8,
        needs.ComputeBytesWithoutFlashAttention,
        needs.TotalBytes);
}
