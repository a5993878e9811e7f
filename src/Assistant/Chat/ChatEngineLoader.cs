using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Chat;

/// <summary>Loads models and makes the engines that answer with them.</summary>
/// <param name="library">Loads llama.cpp when it is first needed.</param>
/// <param name="store">Finds models, and lets only trusted ones through.</param>
/// <param name="log">Where the engines store turns.</param>
/// <param name="time">Measures answers.</param>
/// <param name="progress">Told what is being done to model files.</param>
internal sealed class ChatEngineLoader(
    Lazy<LlamaLibrary> library, ModelStore store, ConversationLog log, TimeProvider time, IProgress<ModelProgress> progress)
{
    /// <summary>An engine with the model that the options name; the starter is installed first where it is asked for and absent.</summary>
    /// <exception cref="Adapters.ModelException">The model cannot be found, trusted, or loaded.</exception>
    public async Task<ChatEngine> LoadAsync(ModelOptions options, CancellationToken cancellationToken = default)
    {
        var model = await LocalModel.OpenAsync(library.Value, store, options, progress, cancellationToken);
        return new ChatEngine(library.Value, model, log, time);
    }
}
