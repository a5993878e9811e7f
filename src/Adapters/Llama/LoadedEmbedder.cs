using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Llama;

/// <summary>An embedding model in the memory of this process.</summary>
public sealed class LoadedEmbedder : IAsyncDisposable
{
    private readonly LlamaModel _model;
    private readonly LlamaEmbeddingGenerator _generator;

    private LoadedEmbedder(LlamaModel model, LlamaEmbeddingGenerator generator) => (_model, _generator) = (model, generator);

    /// <summary>Embeds with it.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Generator => _generator;

    /// <summary>Loads an embedding model.</summary>
    /// <exception cref="ModelException">The model cannot be loaded, or gives no embeddings.</exception>
    public static async Task<LoadedEmbedder> OpenAsync(LlamaLibrary library, EmbedderRequest request, CancellationToken cancellationToken = default)
    {
        var model = await Task.Run(() => LlamaModel.Load(library, request.Path, cancellationToken: cancellationToken), cancellationToken);
        try
        {
            return new LoadedEmbedder(model, new LlamaEmbeddingGenerator(model, System.IO.Path.GetFileNameWithoutExtension(request.Path), request.Options));
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Unloads it once the work that is under way is done.</summary>
    public ValueTask DisposeAsync()
    {
        _generator.Dispose();
        _model.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>An embedding model as it shall be run.</summary>
/// <param name="Path">A GGUF file that was found sound.</param>
/// <param name="Sha256">The hash that it was found to have.</param>
public sealed record EmbedderRequest(string Path, string Sha256)
{
    /// <summary>How it embeds.</summary>
    public LlamaEmbeddingOptions Options { get; init; } = new();
}
