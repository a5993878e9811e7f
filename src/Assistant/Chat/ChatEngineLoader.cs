using PersonalAi.Adapters.Models;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Memories;
using PersonalAi.Assistant.Routing;
using PersonalAi.Assistant.Tools;
using PersonalAi.Memory.Conversations;

namespace PersonalAi.Assistant.Chat;

/// <summary>Loads models and makes the engines that answer with them.</summary>
/// <param name="models">Loads models.</param>
/// <param name="snapshots">Where models keep what they have read of sessions.</param>
/// <param name="log">Where the engines store turns.</param>
/// <param name="memory">Recalls for the engines.</param>
/// <param name="tools">Offers tools to the engines.</param>
/// <param name="router">Decides for the engines whether asking elsewhere is proposed.</param>
/// <param name="time">Measures answers.</param>
/// <param name="progress">Told what is being done to model files.</param>
internal sealed class ChatEngineLoader(
    ModelLoader models, SessionSnapshots snapshots, ConversationLog log, ChatMemory memory, ChatTools tools, Router router, TimeProvider time, IProgress<ModelProgress> progress)
{
    /// <summary>An engine with the model that the options name; the starter is installed first where it is asked for and absent.</summary>
    /// <exception cref="Adapters.ModelException">The model cannot be found, trusted, or loaded.</exception>
    public async Task<ChatEngine> LoadAsync(ModelOptions options, CancellationToken cancellationToken = default) =>
        new(await models.OpenAsync(options, progress, cancellationToken), snapshots, log, memory, tools, router, time);
}
