namespace PersonalAi.Adapters.Llama;

/// <summary>A model in the memory of this process, with a context, ready to chat.</summary>
public sealed class LoadedModel : IAsyncDisposable
{
    private readonly LlamaModel _model;

    private LoadedModel(LlamaModel model, LlamaEngine engine, LlamaChatClient client) => (_model, Engine, Client) = (model, engine, client);

    /// <summary>Generates its text.</summary>
    public LlamaEngine Engine { get; }

    /// <summary>Chats with it.</summary>
    public LlamaChatClient Client { get; }

    /// <summary>Loads a model and makes its context.</summary>
    /// <param name="library">The engine.</param>
    /// <param name="request">Which model, and how it is run.</param>
    /// <param name="progress">Receives the loaded part, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    /// <exception cref="ModelException">The model cannot be loaded, there is no room for its context, or its template is not known.</exception>
    public static async Task<LoadedModel> OpenAsync(
        LlamaLibrary library, ModelRequest request, IProgress<float>? progress = null, CancellationToken cancellationToken = default)
    {
        var model = await Task.Run(() => LlamaModel.Load(library, request.Path, request.Model, progress, cancellationToken), cancellationToken);
        LlamaEngine? engine = null;
        try
        {
            engine = await LlamaEngine.CreateAsync(model, ContextOptions(request, model.TrainedContextLength), cancellationToken);
            return new LoadedModel(model, engine, new LlamaChatClient(engine, request.Name, request.Template));
        }
        catch
        {
            if (engine is not null)
            {
                await engine.DisposeAsync();
            }

            model.Dispose();
            throw;
        }
    }

    /// <summary>Unloads it once the requests that were made before have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Engine.DisposeAsync();
        _model.Dispose();
    }

    private static LlamaContextOptions ContextOptions(ModelRequest request, int trained) => request.Context with
    {
        ContextLength = request.Context.ContextLength > trained ? trained : request.Context.ContextLength,
        ModelSha256 = request.Sha256,
    };
}
