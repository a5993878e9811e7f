using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Assistant.Chat;
using PersonalAi.Assistant.Routing;
using PersonalAi.Memory;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Arms;
using PersonalAi.Memory.Recall.Index;

namespace PersonalAi.Assistant.Memories;

/// <summary>Recalls for the turns of a chat, and puts what was said in them into the index.</summary>
/// <param name="facts">What is known.</param>
/// <param name="search">Recalls.</param>
/// <param name="log">Keeps what was recalled.</param>
/// <param name="indexer">Brings the index up to date.</param>
/// <param name="worker">Writes facts.</param>
/// <param name="embedder">Turns texts into vectors; where it cannot be loaded, words alone are searched.</param>
/// <param name="time">Tells where the user's clocks run.</param>
/// <param name="logger">Told where vectors cannot be made.</param>
internal sealed partial class ChatMemory(
    FactStore facts, MemorySearch search, RecallLog log, MemoryIndexer indexer, MemoryWorker worker, EmbedderLoader embedder, TimeProvider time, ILogger<ChatMemory> logger)
{
    /// <summary>Names how memories are chosen and written into the window: answers given with another form are another behaviour.</summary>
    public const string Form = "memory-1";

    private const int Recalled = 30;
    private const int ShortMessage = 3;

    /// <summary>The memories' share of the window on the first turn of a session, and on the others.</summary>
    private const int FirstShare = 8;
    private const int LaterShare = 16;

    private bool _hasVectors = true;

    /// <summary>What a session that begins now shall begin with; empty where nothing was ever remembered.</summary>
    public async Task<string> CoreAsync(ILocalChatClient client, CancellationToken cancellationToken = default) => await search.HasAnyAsync(cancellationToken: cancellationToken)
        ? await CoreMemory.WriteAsync(await facts.CoreAsync(cancellationToken), client, cancellationToken)
        : "";

    /// <summary>Recalls for a turn what its window does not hold yet, as much as its share of the window has room for.</summary>
    /// <param name="turn">The turn, which is stored.</param>
    /// <param name="window">What stands in the window before it.</param>
    /// <param name="client">Counts tokens.</param>
    /// <param name="room">The tokens that are free for it at most.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The turn with its memories, and what turned its question into a vector; null where nothing was searched.</returns>
    public async Task<(Turn Turn, PackedMemories Memories, RouteDecision? Embedding)> RecallAsync(
        Turn turn, ConversationWindow window, ILocalChatClient client, int room, CancellationToken cancellationToken = default)
    {
        // What was just said, and not yet indexed for haste, is at least found by its words.
        await indexer.IndexTurnsAsync(cancellationToken);
        if (!await search.HasAnyAsync(without: turn.Id, cancellationToken))
        {
            return (turn, PackedMemories.None, null);
        }

        var seen = await log.SourcesGivenAsync(window.Turns.Select(earlier => earlier.Id), cancellationToken);
        seen.UnionWith(window.Turns.Select(earlier => earlier.Id.Value));
        seen.Add(turn.Id.Value);
        var query = new MemoryQuery(QuestionOf(turn, window)) { Limit = Recalled, Without = seen, IsRelevantOnly = true };
        var embedder = await QuestionEmbedderAsync(cancellationToken);
        var embedding = embedder is null
            ? new RouteDecision(RouteStep.Embed, Capability.Rule, ["memories are searched by words alone, since there is no embedding model"])
            : new RouteDecision(RouteStep.Embed, Capability.SmallLocalModel, ["a small model makes the vector by which memories are found"]);
        var hits = await search.SearchAsync(query, embedder, cancellationToken);
        if (hits.Count == 0)
        {
            return (turn, PackedMemories.None, embedding);
        }

        var share = client.ContextLength / (window.Turns.Count == 0 && window.Summary is null ? FirstShare : LaterShare);
        var memories = await PackAsync(hits, client, Math.Min(share, room), cancellationToken);
        var text = MemoryNotes.Of(memories, time.LocalTimeZone);
        await log.SaveAsync(turn.Id, memories, text, cancellationToken);
        return (turn with { Memories = text }, memories, embedding);
    }

    /// <summary>How many facts that these turns were given have each label.</summary>
    public async Task<WindowLabels> LabelsAsync(IReadOnlyList<TurnId> turns, CancellationToken cancellationToken = default)
    {
        var labels = await log.LabelsGivenAsync(turns, cancellationToken);
        return new WindowLabels(labels.GetValueOrDefault(EgressLabel.Never), labels.GetValueOrDefault(EgressLabel.Ask), labels.GetValueOrDefault(EgressLabel.Ok));
    }

    /// <summary>What finds facts in what the user says; null where nothing does.</summary>
    public RouteDecision? Extraction => worker.Extraction;

    /// <summary>Where the untrusted text among memories comes from; empty where there is none.</summary>
    public async Task<IReadOnlyList<string>> OriginsAsync(PackedMemories memories, CancellationToken cancellationToken = default) =>
        await log.OriginsAsync(memories.Given.Select(hit => hit.Passage), cancellationToken);

    /// <summary>Writes facts of what was said since, and puts it into the index. Where that cannot be done now it is done later, and nothing is lost.</summary>
    /// <param name="idle">The model, while it has nothing else to do; null where there is no time for it.</param>
    /// <param name="cancellationToken">Stops it; it goes on another time.</param>
    public async Task RememberAsync(ILocalChatClient? idle, CancellationToken cancellationToken = default)
    {
        try
        {
            // What was said can be found first of all; a next message that comes at once then finds it.
            await indexer.IndexTurnsAsync(cancellationToken);
            await worker.WriteAsync(idle: null, cancellationToken);
            if (await EmbedderAsync(cancellationToken) is { } loaded)
            {
                await indexer.EmbedAsync(loaded, cancellationToken: cancellationToken);
            }

            if (idle is not null)
            {
                await worker.WriteAsync(idle, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // There is no hurry: it goes on another time.
        }
        catch (Exception error) when (error is ModelException or MemoryException)
        {
            LogNotIndexed(error);
        }
    }

    // "And when was that?" says too little by itself.
    private static string QuestionOf(Turn turn, ConversationWindow window) =>
        WordArm.WordsOf(turn.Prompt).Count < ShortMessage && window.Turns is [.., var before] ? $"{before.Prompt}\n{turn.Prompt}" : turn.Prompt;

    // What a line takes is counted beside an empty message, since a template stands around both.
    private async Task<PackedMemories> PackAsync(IReadOnlyList<MemoryHit> hits, ILocalChatClient client, int room, CancellationToken cancellationToken)
    {
        var zone = time.LocalTimeZone;
        string[] texts = ["", MemoryNotes.Around, .. hits.Select((hit, rank) => MemoryNotes.Line(rank, hit.Passage, zone))];
        var tokens = await client.CountTokensAsync(
            [.. texts.Select(text => (IReadOnlyList<ChatMessage>)[new ChatMessage(ChatRole.User, text + "?")])], cancellationToken: cancellationToken);
        var (nothing, around) = (tokens[0], tokens[1] - tokens[0]);
        return MemoryBudget.Pack(hits, room - around, [.. tokens.Skip(2).Select(line => line - nothing)]);
    }

    // While everything is embedded anew for another model, the one before answers.
    private async Task<TextEmbedder?> QuestionEmbedderAsync(CancellationToken cancellationToken) =>
        await EmbedderAsync(cancellationToken) is not { } current ? null
        : await indexer.StandInAsync(current.Space, cancellationToken) is { } before ? await embedder.OpenAsync(before, cancellationToken) ?? current
        : current;

    private async Task<TextEmbedder?> EmbedderAsync(CancellationToken cancellationToken)
    {
        if (!_hasVectors)
        {
            return null;
        }

        try
        {
            return await embedder.OpenAsync(cancellationToken: cancellationToken);
        }
        catch (ModelException error)
        {
            _hasVectors = false;
            LogNoVectors(error);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was said could not be put into the index of the memory; it is tried again after the next answer.")]
    private partial void LogNotIndexed(Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The embedding model cannot be used: memories are searched by their words alone.")]
    private partial void LogNoVectors(ModelException error);
}
