using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;

namespace PersonalAi.Adapters.Host;

/// <summary>Embeds in the engine process, as <see cref="LlamaEmbeddingGenerator"/> does in this one.</summary>
/// <param name="engine">The engine process.</param>
/// <param name="request">Which model, and how it embeds.</param>
public sealed class RemoteEmbeddingGenerator(EngineClient engine, EmbedderRequest request) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new("llama.cpp", providerUri: null, Path.GetFileNameWithoutExtension(request.Path));

    /// <inheritdoc/>
    /// <exception cref="ModelException">A text has too many tokens (<see cref="ModelError.PromptTooLong"/>), or the engine failed.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var reply = await engine.OneAsync<EngineReply.Vectors>(new EngineCall.Embed(request, engine.KeepFor, [.. values]), cancellationToken: cancellationToken);
        var (model, vectors, tokens) = reply.Embeddings;
        return new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(vector) { ModelId = model }))
        {
            Usage = new UsageDetails { InputTokenCount = tokens },
        };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: the model stays loaded for the next one.</summary>
    public void Dispose()
    {
    }
}
