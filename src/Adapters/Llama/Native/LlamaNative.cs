using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace PersonalAi.Adapters.Llama.Native;

/// <summary>The part of llama.h and ggml-backend.h that pai uses, name for name.</summary>
internal static unsafe partial class LlamaNative
{
    internal const string Llama = "llama";
    internal const string Ggml = "ggml";
    internal const string GgmlBase = "ggml-base";

    [LibraryImport(Llama)] internal static partial byte* llama_version();
    [LibraryImport(Llama)] internal static partial void llama_backend_init();
    [LibraryImport(Llama)] internal static partial nuint llama_max_devices();
    [LibraryImport(Llama)] internal static partial byte* llama_print_system_info();
    [LibraryImport(Llama)] internal static partial void llama_log_set(delegate* unmanaged[Cdecl]<int, byte*, void*, void> callback, void* userData);

    [LibraryImport(Llama)] internal static partial llama_model_params llama_model_default_params();
    [LibraryImport(Llama)] internal static partial llama_context_params llama_context_default_params();
    [LibraryImport(Llama)] internal static partial llama_sampler_chain_params llama_sampler_chain_default_params();

    [LibraryImport(Llama)] internal static partial llama_model_quantize_params llama_model_quantize_default_params();
    [LibraryImport(Llama, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial uint llama_model_quantize(string input, string output, llama_model_quantize_params* parameters);

    [LibraryImport(Llama, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint llama_model_load_from_file(string path, llama_model_params parameters);
    [LibraryImport(Llama)] internal static partial void llama_model_free(nint model);
    [LibraryImport(Llama)] internal static partial nint llama_model_get_vocab(LlamaModelHandle model);
    [LibraryImport(Llama)] internal static partial int llama_model_n_ctx_train(LlamaModelHandle model);
    [LibraryImport(Llama)] internal static partial int llama_model_n_embd(LlamaModelHandle model);
    [LibraryImport(Llama)] internal static partial byte llama_model_is_recurrent(LlamaModelHandle model);
    [LibraryImport(Llama)] internal static partial byte llama_model_is_hybrid(LlamaModelHandle model);
    [LibraryImport(Llama)] internal static partial int llama_model_desc(LlamaModelHandle model, byte* buffer, nuint size);
    [LibraryImport(Llama, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial byte* llama_model_chat_template(LlamaModelHandle model, string? name);

    [LibraryImport(Llama)] internal static partial int llama_vocab_n_tokens(nint vocab);
    [LibraryImport(Llama)] internal static partial byte* llama_vocab_get_text(nint vocab, int token);
    [LibraryImport(Llama)] internal static partial int llama_vocab_get_attr(nint vocab, int token);
    [LibraryImport(Llama)] internal static partial byte llama_vocab_is_eog(nint vocab, int token);
    [LibraryImport(Llama)] internal static partial byte llama_vocab_get_add_bos(nint vocab);
    [LibraryImport(Llama)] internal static partial int llama_vocab_bos(nint vocab);
    [LibraryImport(Llama)] internal static partial int llama_vocab_eos(nint vocab);
    [LibraryImport(Llama)]
    internal static partial int llama_tokenize(nint vocab, byte* text, int textLength, int* tokens, int maxTokens, byte addSpecial, byte parseSpecial);
    [LibraryImport(Llama)]
    internal static partial int llama_token_to_piece(nint vocab, int token, byte* buffer, int length, int lstrip, byte special);

    [LibraryImport(Llama)] internal static partial nint llama_init_from_model(LlamaModelHandle model, llama_context_params parameters);
    [LibraryImport(Llama)] internal static partial void llama_free(nint context);
    [LibraryImport(Llama)] internal static partial uint llama_n_ctx(LlamaContextHandle context);
    [LibraryImport(Llama)] internal static partial uint llama_n_batch(LlamaContextHandle context);
    [LibraryImport(Llama)] internal static partial uint llama_n_seq_max(LlamaContextHandle context);
    [LibraryImport(Llama)] internal static partial int llama_pooling_type(LlamaContextHandle context);
    [LibraryImport(Llama)] internal static partial int llama_decode(LlamaContextHandle context, llama_batch batch);
    [LibraryImport(Llama)] internal static partial float* llama_get_logits_ith(LlamaContextHandle context, int index);
    [LibraryImport(Llama)] internal static partial float* llama_get_embeddings_seq(LlamaContextHandle context, int sequence);
    [LibraryImport(Llama)] internal static partial nint llama_get_memory(LlamaContextHandle context);
    [LibraryImport(Llama)] internal static partial byte llama_memory_seq_rm(nint memory, int sequence, int from, int to);
    [LibraryImport(Llama)] internal static partial void llama_memory_seq_cp(nint memory, int source, int target, int from, int to);
    [LibraryImport(Llama)] internal static partial void llama_memory_clear(nint memory, byte data);
    [LibraryImport(Llama)] internal static partial void llama_memory_seq_add(nint memory, int sequence, int from, int to, int delta);
    [LibraryImport(Llama)] internal static partial int llama_memory_seq_pos_max(nint memory, int sequence);
    [LibraryImport(Llama)] internal static partial byte llama_memory_can_shift(nint memory);
    [LibraryImport(Llama)] internal static partial nuint llama_state_seq_get_size(LlamaContextHandle context, int sequence);
    [LibraryImport(Llama)] internal static partial nuint llama_state_seq_get_data(LlamaContextHandle context, byte* target, nuint size, int sequence);
    [LibraryImport(Llama)] internal static partial nuint llama_state_seq_set_data(LlamaContextHandle context, byte* source, nuint size, int sequence);
    [LibraryImport(Llama)] internal static partial void llama_set_n_threads(LlamaContextHandle context, int threads, int threadsOfBatches);

    [LibraryImport(Llama, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint llama_adapter_lora_init(LlamaModelHandle model, string path);
    [LibraryImport(Llama)] internal static partial void llama_adapter_lora_free(nint adapter);
    [LibraryImport(Llama)] internal static partial int llama_set_adapters_lora(LlamaContextHandle context, nint* adapters, nuint count, float* scales);

    [LibraryImport(Llama)] internal static partial nint llama_sampler_chain_init(llama_sampler_chain_params parameters);
    [LibraryImport(Llama)] internal static partial void llama_sampler_chain_add(LlamaSamplerHandle chain, nint sampler);
    [LibraryImport(Llama)] internal static partial nint llama_sampler_init_greedy();
    [LibraryImport(Llama)] internal static partial nint llama_sampler_init_dist(uint seed);
    [LibraryImport(Llama)] internal static partial nint llama_sampler_init_top_k(int k);
    [LibraryImport(Llama)] internal static partial nint llama_sampler_init_top_p(float p, nuint minKeep);
    [LibraryImport(Llama)] internal static partial nint llama_sampler_init_min_p(float p, nuint minKeep);
    [LibraryImport(Llama)] internal static partial nint llama_sampler_init_temp(float temperature);
    [LibraryImport(Llama)]
    internal static partial nint llama_sampler_init_penalties(int vocabularySize, int lastTokens, float repeat, float frequency, float presence);
    [LibraryImport(Llama, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint llama_sampler_init_grammar(nint vocab, string grammar, string root);
    [LibraryImport(Llama)] internal static partial void llama_sampler_apply(LlamaSamplerHandle sampler, llama_token_data_array* candidates);
    [LibraryImport(Llama)] internal static partial void llama_sampler_accept(LlamaSamplerHandle sampler, int token);
    [LibraryImport(Llama)] internal static partial void llama_sampler_free(nint sampler);

    [LibraryImport(Llama)]
    internal static partial int llama_chat_apply_template(byte* template, llama_chat_message* messages, nuint count, byte addAssistant, byte* buffer, int length);
    [LibraryImport(Llama)] internal static partial int llama_chat_builtin_templates(byte** output, nuint length);

    [LibraryImport(Ggml, StringMarshalling = StringMarshalling.Utf8)] internal static partial void ggml_backend_load_all_from_path(string folder);
    [LibraryImport(Ggml, StringMarshalling = StringMarshalling.Utf8)] internal static partial nint ggml_backend_load(string path);
    [LibraryImport(Ggml)] internal static partial nuint ggml_backend_dev_count();
    [LibraryImport(Ggml)] internal static partial nint ggml_backend_dev_get(nuint index);
    [LibraryImport(GgmlBase)] internal static partial byte* ggml_backend_dev_name(nint device);
    [LibraryImport(GgmlBase)] internal static partial byte* ggml_backend_dev_description(nint device);
    [LibraryImport(GgmlBase)] internal static partial int ggml_backend_dev_type(nint device);
    [LibraryImport(GgmlBase)] internal static partial void ggml_backend_dev_memory(nint device, nuint* free, nuint* total);
    [LibraryImport(GgmlBase)] internal static partial nuint ggml_tensor_overhead();

    /// <summary>A NUL-terminated UTF-8 string of the library, copied; empty where the pointer is null.</summary>
    internal static string Text(byte* text) => text is null ? "" : Marshal.PtrToStringUTF8((nint)text)!;
}
