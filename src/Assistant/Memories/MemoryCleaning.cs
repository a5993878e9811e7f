using PersonalAi.Adapters.Host;
using PersonalAi.Assistant.Chat;
using PersonalAi.Memory.Forgetting;

namespace PersonalAi.Assistant.Memories;

/// <summary>Finishes forgetting outside of the database's transaction: what models have read, and what is left in files.</summary>
/// <param name="eraser">Knows what is due.</param>
/// <param name="snapshots">What models have read of sessions, on disk.</param>
/// <param name="engine">What they have in memory.</param>
internal sealed class MemoryCleaning(MemoryEraser eraser, Func<SessionSnapshots> snapshots, Func<EngineClient> engine)
{
    /// <summary>Does what is due; what cannot be done now stays due.</summary>
    /// <exception cref="PersonalAi.Memory.MemoryException">Another program is using the database.</exception>
    /// <exception cref="IOException">A snapshot cannot be deleted.</exception>
    public async Task FinishAsync(CancellationToken cancellationToken = default)
    {
        foreach (var session in await eraser.SessionsToCleanAsync(cancellationToken))
        {
            // First where it could be written again from.
            await engine().ForgetAsync(session.ToString(), cancellationToken);
            snapshots().Delete(session);
            await eraser.SessionCleanedAsync(session, cancellationToken);
        }

        await eraser.CleanAsync(cancellationToken);
    }
}
