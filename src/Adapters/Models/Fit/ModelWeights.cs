using System.Runtime.InteropServices;
using PersonalAi.Adapters.Llama.Tuning;

namespace PersonalAi.Adapters.Models.Fit;

/// <summary>What the weights of a model take.</summary>
/// <param name="Bytes">All tensors.</param>
/// <param name="RepackableBytes">Those that llama.cpp can rearrange for this kind of CPU, which makes a copy of them.</param>
internal readonly record struct ModelWeights(long Bytes, long RepackableBytes)
{
    public static ModelWeights Of(GgufFile file) => new(file.Tensors.Sum(tensor => tensor.Bytes), file.Tensors.Where(IsRepackable).Sum(tensor => tensor.Bytes));

    /// <summary>Whether they are rearranged: as the user wishes, or as was measured, where any can be.</summary>
    public bool Repacks(RunWishes wishes, TunedChoice? tuned) => RepackableBytes > 0 && (wishes.Repack ?? tuned?.Repack ?? false);

    // ggml_repack_get_optimal_repack_type of ggml-cpu/repack.cpp. Only matrices are multiplied with; the embeddings are looked up.
    private static bool IsRepackable(GgufTensor tensor) =>
        HasKernel(tensor.Type) && tensor.Shape is [_, var rows] && rows % 8 == 0 && !tensor.Name.StartsWith("token_embd", StringComparison.Ordinal);

    private static bool HasKernel(GgmlType type) => type switch
    {
        GgmlType.Q4_0 or GgmlType.Q4_K or GgmlType.Q2_K or GgmlType.IQ4_NL or GgmlType.MXFP4 => true,
        GgmlType.Q5_K or GgmlType.Q6_K or GgmlType.Q8_0 => RuntimeInformation.ProcessArchitecture == Architecture.Arm64,
        _ => false,
    };
}
