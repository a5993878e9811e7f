using PersonalAi.Adapters.Llama;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Routing;
using PersonalAi.Memory.Facts.Writing.Queue;

namespace PersonalAi.Assistant.Memories;

/// <summary>
/// Has facts written of what the user said: by rules, and by the model where that is wanted and nobody waits for it. It can be
/// stopped at any time; what is left is done after the next answer, or by whichever program runs next.
/// </summary>
/// <param name="writer">Writes them.</param>
/// <param name="mode">Who proposes.</param>
internal sealed class MemoryWorker(FactWriter writer, MemoryWriting mode)
{
    /// <summary>What finds facts; null where nothing does.</summary>
    public RouteDecision? Extraction => mode switch
    {
        MemoryWriting.Off => null,
        MemoryWriting.Model => new RouteDecision(RouteStep.Extract, Capability.MainLocalModel, ["memory.write is model: rules propose facts after the answer, and the model does while it is idle"]),
        _ => new RouteDecision(RouteStep.Extract, Capability.Rule, ["rules propose facts after the answer, without a model"]),
    };

    /// <summary>Finishes the turns of the queue.</summary>
    /// <param name="idle">The model, while it has nothing else to do; null where there is no time for it.</param>
    /// <param name="cancellationToken">Stops it; the turn that it is at stays in the queue.</param>
    public async Task WriteAsync(ILocalChatClient? idle, CancellationToken cancellationToken = default)
    {
        if (mode == MemoryWriting.Off)
        {
            return;
        }

        await writer.WriteAsync(cancellationToken);
        if (mode == MemoryWriting.Model && idle is not null)
        {
            var model = new ModelProposer(idle);
            while (await writer.NextAsync(cancellationToken) is { } turn)
            {
                await writer.FinishAsync(turn, await model.ProposeAsync(turn.Turn, cancellationToken), cancellationToken);
            }
        }
    }
}
