using System.Runtime.InteropServices;

namespace PersonalAi.Adapters.Llama.Native;

/// <summary>
/// Proves that the loaded library lays out its structs as <c>LlamaStructs.cs</c> does, before a call that would otherwise crash.
/// </summary>
internal static unsafe partial class LayoutCheck
{
    private const int BufferSize = 512;
    private const int TensorOverhead = 368;
    private const int FlashAttentionAuto = -1, F16 = 1, MostlyQ8 = 7;

    /// <summary>Describes the first disagreement, or gives null when everything fits.</summary>
    internal static string? FindMismatch()
    {
        // On x64 a struct of this size is returned through a pointer that the caller passes first, so a buffer of known content
        // shows how many bytes the library writes. Other calling conventions pass that pointer elsewhere: there the values decide.
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
        {
            var model = WrittenLength(&ModelDefaults);
            if (model != sizeof(llama_model_params))
            {
                return $"llama_model_params has {model} bytes instead of {sizeof(llama_model_params)}";
            }

            var context = WrittenLength(&ContextDefaults);
            if (context != sizeof(llama_context_params))
            {
                return $"llama_context_params has {context} bytes instead of {sizeof(llama_context_params)}";
            }

            var quantisation = WrittenLength(&QuantisationDefaults);
            if (quantisation != sizeof(llama_model_quantize_params))
            {
                return $"llama_model_quantize_params has {quantisation} bytes instead of {sizeof(llama_model_quantize_params)}";
            }
        }

        if (LlamaNative.ggml_tensor_overhead() != TensorOverhead)
        {
            return $"ggml_tensor has an overhead of {LlamaNative.ggml_tensor_overhead()} bytes instead of {TensorOverhead}";
        }

        return ModelMismatch(LlamaNative.llama_model_default_params())
            ?? ContextMismatch(LlamaNative.llama_context_default_params())
            ?? QuantisationMismatch(LlamaNative.llama_model_quantize_default_params());
    }

    private static string? ModelMismatch(in llama_model_params defaults) =>
        defaults is
        {
            n_gpu_layers: -1, split_mode: 1, load_mode: -1, main_gpu: 0,
            vocab_only: 0, check_tensors: 0, use_extra_bufts: 1, no_host: 0, no_alloc: 0,
        }
        ? null
        : "the defaults of llama_model_params are not where they are expected";

    private static string? ContextMismatch(in llama_context_params defaults) =>
        defaults is
        {
            n_ctx: 512, n_batch: 2048, n_ubatch: 512, n_seq_max: 1,
            rope_scaling_type: -1, pooling_type: -1, attention_type: -1, flash_attn_type: FlashAttentionAuto,
            type_k: F16, type_v: F16, embeddings: 0, offload_kqv: 1,
        }
        ? null
        : "the defaults of llama_context_params are not where they are expected";

    private static string? QuantisationMismatch(in llama_model_quantize_params defaults) =>
        defaults is { nthread: 0, ftype: MostlyQ8, allow_requantize: 0, quantize_output_tensor: 1, only_copy: 0, pure: 0, keep_split: 0, dry_run: 0, imatrix: 0 }
        ? null
        : "the defaults of llama_model_quantize_params are not where they are expected";

    // Bytes that come out the same over two different fillings were written by the library; the last of them ends the struct,
    // up to its padding, which the caller's copy of the struct has as well.
    private static int WrittenLength(delegate*<byte*, void> fill)
    {
        var first = stackalloc byte[BufferSize];
        var second = stackalloc byte[BufferSize];
        new Span<byte>(first, BufferSize).Fill(0xCD);
        new Span<byte>(second, BufferSize).Fill(0x32);
        fill(first);
        fill(second);

        var length = BufferSize;
        while (length > 0 && first[length - 1] != second[length - 1])
        {
            length--;
        }

        return (length + sizeof(nint) - 1) / sizeof(nint) * sizeof(nint);
    }

    private static void ModelDefaults(byte* buffer) => llama_model_default_params(buffer);

    private static void ContextDefaults(byte* buffer) => llama_context_default_params(buffer);

    private static void QuantisationDefaults(byte* buffer) => llama_model_quantize_default_params(buffer);

    [LibraryImport(LlamaNative.Llama)] private static partial void* llama_model_default_params(void* result);
    [LibraryImport(LlamaNative.Llama)] private static partial void* llama_context_default_params(void* result);
    [LibraryImport(LlamaNative.Llama)] private static partial void* llama_model_quantize_default_params(void* result);
}
