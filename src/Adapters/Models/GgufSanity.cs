using System.Collections.Immutable;

namespace PersonalAi.Adapters.Models;

/// <summary>
/// Checks what llama.cpp takes at its word: metadata and tensors that would make it read outside an array, or stop the whole
/// process by an assertion (v0.5.0, found by loading mutated files), are refused here with a sentence.
/// </summary>
internal sealed class GgufSanity(GgufReader reader, GgufMetadata metadata)
{
    /// <summary><c>LLAMA_MAX_LAYERS</c> and <c>LLAMA_MAX_EXPERTS</c>.</summary>
    private const uint EngineLimit = 512;

    private static readonly string[] RopeScalings = ["none", "linear", "yarn", "longrope"];
    private static readonly string[] Epsilons = ["layer_norm_epsilon", "layer_norm_rms_epsilon", "group_norm_epsilon"];

    public void Check(ImmutableArray<GgufTensor> tensors)
    {
        CheckSplit();
        new GgufVocabularySanity(reader, metadata).Check();
        foreach (var tensor in tensors)
        {
            CheckType(tensor);
        }

        if (!metadata.TryGetUInt32("split.no", out var part) || part == 0)
        {
            // Only the first part of a split model describes it.
            CheckArchitecture(metadata.GetString("general.architecture"));
        }
    }

    private void CheckSplit()
    {
        if (metadata.TryGetUInt32("split.count", out var count) && count > 1 && metadata.GetUInt32("split.no") is var part && part >= count)
        {
            throw reader.Corrupt($"says that it is part {part + 1L} of {count}");
        }
    }

    /// <summary>Vectors are added and multiplied at single precision only, matrices by kernels that some types lack.</summary>
    private void CheckType(GgufTensor tensor)
    {
        var isVector = tensor.Shape.Length == 1
            || (tensor.Elements == tensor.Shape[0] && tensor.Name.Contains("norm", StringComparison.Ordinal));
        var isWeight = tensor.Name.EndsWith(".weight", StringComparison.Ordinal) || tensor.Name.EndsWith(".bias", StringComparison.Ordinal);
        if (isWeight && (isVector ? tensor.Type != GgmlType.F32 : IsWithoutKernel(tensor.Type)))
        {
            throw reader.Unsupported(
                $"has a tensor {GgufReader.Quote(tensor.Name)} of type {tensor.Type}, which the engine cannot compute with", "choose another quantisation");
        }
    }

    private static bool IsWithoutKernel(GgmlType type) =>
        type is GgmlType.Q8_1 or GgmlType.Q8_K or (>= GgmlType.I8 and <= GgmlType.F64);

    private void CheckArchitecture(string architecture)
    {
        var layersKey = $"{architecture}.block_count";
        if (metadata.TryGetUInt32(layersKey, out var layers) && layers is 0 or > EngineLimit)
        {
            throw reader.Unsupported($"has {layers} under {GgufReader.Quote(layersKey)}, and the engine takes 1 to {EngineLimit}", "choose another model");
        }

        if (metadata.TryGetUInt32($"{architecture}.nextn_predict_layers", out var ahead) && ahead > layers)
        {
            throw reader.Corrupt($"predicts with {ahead} of {layers} layers");
        }

        var scalingKey = $"{architecture}.rope.scaling.type";
        if (metadata.TryGet<string>(scalingKey, out var scaling) && !RopeScalings.Contains(scaling))
        {
            throw reader.Unsupported($"has {GgufReader.Quote(scaling)} under {GgufReader.Quote(scalingKey)}", "choose another model");
        }

        CheckExperts(architecture);
        CheckEpsilons(architecture);
    }

    private void CheckExperts(string architecture)
    {
        uint Number(string key) => metadata.TryGetUInt32s($"{architecture}.{key}", out var values) ? values.Max() : 0;
        var experts = Number("expert_count");
        var used = Number("expert_used_count");
        var groups = Number("expert_group_count");
        if (experts > EngineLimit || used > experts || (experts > 0 && used == 0))
        {
            throw reader.Corrupt($"uses {used} of {experts} experts, and the engine takes {EngineLimit} at most");
        }

        if (groups > 0 && (groups >= experts || experts % groups != 0 || (groups > 1 && Number("expert_group_used_count") is var some && (some == 0 || some >= groups))))
        {
            throw reader.Corrupt($"has {experts} experts in {groups} groups");
        }
    }

    private void CheckEpsilons(string architecture)
    {
        foreach (var key in Epsilons.Select(name => $"{architecture}.attention.{name}"))
        {
            if (metadata.TryGet<float>(key, out var epsilon) && !(epsilon >= 0))
            {
                throw reader.Corrupt($"has the value {epsilon} under {GgufReader.Quote(key)}");
            }
        }
    }
}
