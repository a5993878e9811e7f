using System.Threading.Channels;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Llama;
using PersonalAi.Assistant.Memories;
using PersonalAi.Assistant.Routing;
using PersonalAi.Assistant.Tools;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Recall;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Chat;

/// <summary>
/// The product: takes a turn, fits it into the window, has it answered, and stores every step. All faces use it and render what
/// it says.
/// </summary>
/// <param name="model">The model that answers; the engine disposes of it.</param>
/// <param name="snapshots">Where the model keeps what it has read of them.</param>
/// <param name="log">Where sessions are stored.</param>
/// <param name="memory">Recalls.</param>
/// <param name="tools">Offers tools, and runs them.</param>
/// <param name="router">Decides whether asking elsewhere is proposed.</param>
/// <param name="time">Measures the answer.</param>
internal sealed class ChatEngine(
    LocalModel model, SessionSnapshots snapshots, ConversationLog log, ChatMemory memory, ChatTools tools, Router router, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Where the part of a message comes from that the user did not type.</summary>
    public const string StandardInput = "standard input";

    // The share of the window that explanations of tools may take in one turn.
    private const int ToolShare = 8;

    // The newest say what the user thinks now, and more take time before every answer.
    private const int RatedLookedAt = 500;

    private readonly Summariser _summariser = new(model.Client);

    /// <summary>The model that answers.</summary>
    public LocalModel Model => model;

    /// <summary>
    /// Answers a turn. Cancellation does not throw: what was answered until then is stored, and
    /// <see cref="ChatEvent.Completed"/> says so.
    /// </summary>
    /// <param name="turn">What the user asks for.</param>
    /// <param name="gate">Asks the user whether a tool may run.</param>
    /// <param name="cancellationToken">Stops the answer.</param>
    /// <exception cref="ModelException">The turn cannot fit into the window (then nothing is stored), or the engine failed.</exception>
    public IAsyncEnumerable<ChatEvent> SendAsync(ChatTurn turn, IToolGate gate, CancellationToken cancellationToken = default) =>
        ChatEventStream.RunAsync((events, stop) => AnswerAsync(turn, gate, events, stop), cancellationToken);

    /// <summary>What a turn would take of the window, as things stand.</summary>
    /// <param name="session">The session, or null where none has begun.</param>
    /// <param name="turn">The turn; its session is not looked at.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<WindowPlan> PlanAsync(SessionId? session, ChatTurn turn, CancellationToken cancellationToken = default)
    {
        var window = session is { } id ? await ConversationWindow.OpenAsync(log, id, cancellationToken) : ConversationWindow.Empty;
        return await Budget(turn).PlanAsync(turn.Preamble, window, turn.Text, cancellationToken);
    }

    /// <summary>Refuses a turn that cannot fit into the window, however much of the history is left out, or that names tools which do not exist.</summary>
    /// <exception cref="ModelException">It cannot fit; the message has the numbers (<see cref="ModelError.PromptTooLong"/>).</exception>
    /// <exception cref="UsageException">There is no such tool.</exception>
    public async Task CheckAsync(ChatTurn turn, CancellationToken cancellationToken = default)
    {
        if (turn.Tools is { Count: > 0 })
        {
            await tools.VisibleAsync(turn.Tools, cancellationToken);
        }

        if (!turn.Raw && await Budget(turn).PlanAsync(turn.Preamble, ConversationWindow.Empty, turn.Text, cancellationToken) is { Fits: false } plan)
        {
            throw new ModelException(
                ModelError.PromptTooLong,
                $"The message has {plan.NewTurn} tokens; with {plan.System} for the persona and {plan.AnswerReserve} for the answer that is more than "
                + $"the context window of {plan.ContextLength}: shorten the message, or enlarge the window with --context.");
        }
    }

    /// <summary>
    /// Takes untrusted text out of the window, and all that was said after it; a summary stands for what was said before. The turns stay in
    /// the session.
    /// </summary>
    /// <returns>Where the text came from; empty where there was none, and nothing is changed.</returns>
    public async Task<IReadOnlyList<string>> CleanAsync(SessionId session, CancellationToken cancellationToken = default)
    {
        var window = await ConversationWindow.OpenAsync(log, session, cancellationToken);
        if (!window.Taint.IsTainted)
        {
            return [];
        }

        Turn[] clean = window.SummaryOrigins.Count > 0 ? [] : [.. window.Turns.TakeWhile(turn => turn.Origins.Count == 0)];
        var earlier = window.SummaryOrigins.Count > 0 ? null : window.Summary;
        var summary = await _summariser.SummariseAsync(earlier, clean, cancellationToken);
        var tokens = await model.Client.CountTokensAsync([new ChatMessage(ChatRole.User, summary)], cancellationToken: cancellationToken);
        var last = (await log.PathIdsAsync(session, cancellationToken))[^1];
        await log.AddSummaryAsync(session, new Summary(last, summary, tokens), cancellationToken);
        return window.Taint.Origins;
    }

    /// <summary>What a session that begins now shall begin with after the persona.</summary>
    public Task<string> CoreMemoryAsync(CancellationToken cancellationToken = default) => memory.CoreAsync(model.Client, cancellationToken);

    /// <summary>Writes facts of what was said and puts it into the index of the memory.</summary>
    /// <param name="isIdle">Whether the model has nothing else to do meanwhile.</param>
    /// <param name="cancellationToken">Stops it; it goes on another time.</param>
    public Task RememberAsync(bool isIdle, CancellationToken cancellationToken = default) => memory.RememberAsync(isIdle ? model.Client : null, cancellationToken);

    /// <summary>Unloads the model.</summary>
    public ValueTask DisposeAsync() => model.DisposeAsync();

    private async Task AnswerAsync(ChatTurn turn, IToolGate gate, ChannelWriter<ChatEvent> events, CancellationToken cancellationToken)
    {
        await CheckAsync(turn, cancellationToken);
        var stored = await log.BeginTurnAsync(StoredForm(turn), cancellationToken);
        events.TryWrite(new ChatEvent.Started(turn.Session, stored.Id));

        var memories = PackedMemories.None;
        var route = new RouteRecord(router, new RouteSignals(model.Name, KindOf(turn)) { ContextTokens = model.Client.ContextLength, TimeBudget = turn.TimeBudget });
        var outcome = new AnswerOutcome(SnapshotOf(turn).Id, model.LoadTime, route, time);
        await using var writer = log.WriteAnswer(stored.Id);
        try
        {
            var window = await FitAsync(turn, stored, route, events, cancellationToken);
            (stored, memories) = await RecallAsync(turn, stored, window, route, events, cancellationToken);
            var offer = await OfferAsync(turn, stored, memories, window, gate, cancellationToken);
            route.Add(offer.Choice);
            await LearnAsync(turn, stored, window, route, cancellationToken);
            var rounds = new ToolRounds(model.Client, log, offer, writer, outcome, events);
            var message = PromptBuilder.Message(turn.Text, stored.Memories, offer.Notes);
            await rounds.RunAsync(
                stored.Id, (done, answer) => Messages(turn, window, message, done, answer), () => Options(turn, window), cancellationToken);
            events.TryWrite(new ChatEvent.Completed(await writer.FinishAsync(outcome.Completed(), CancellationToken.None), memories));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            events.TryWrite(new ChatEvent.Completed(await writer.FinishAsync(outcome.Cancelled(), CancellationToken.None), memories));
        }
        catch (ModelException e)
        {
            await writer.FinishAsync(outcome.Failed(e.Message), CancellationToken.None);
            throw;
        }
    }

    // Looked up before the model is asked: an answer that was stopped has its route too.
    private async Task LearnAsync(ChatTurn turn, Turn stored, ConversationWindow window, RouteRecord route, CancellationToken cancellationToken)
    {
        var labels = await memory.LabelsAsync([.. window.Turns.Select(earlier => earlier.Id), stored.Id], cancellationToken);
        var likes = LikeQuestions.Of(turn.Text, await log.RatedAsync(RatedLookedAt, cancellationToken));
        route.Learn(known => known with { Labels = labels, Likes = likes, IsShortened = window.Summary is not null });
    }

    // After the memories, so that explanations of tools take only what is free then.
    private async Task<OfferedTools> OfferAsync(
        ChatTurn turn, Turn stored, PackedMemories memories, ConversationWindow window, IToolGate gate, CancellationToken cancellationToken)
    {
        var taint = turn.Origins.Concat(await memory.OriginsAsync(memories, cancellationToken)).Aggregate(window.Taint, (taint, origin) => taint.With(origin));
        taint = turn.OwnLength < turn.Text.Length && turn.Origins.Count == 0 ? taint.With(StandardInput) : taint;
        var budget = Budget(turn);
        var free = !turn.TakesTools ? 0 : (await budget.PlanAsync(turn.Preamble, window, stored.Memories + turn.Text, cancellationToken)).Free;
        var occasion = new ToolOccasion(turn, stored.Id, window, taint)
        {
            Room = Math.Min(free, model.Client.ContextLength / ToolShare),
            AnswerReserve = budget.AnswerReserve,
        };
        return await tools.OfferAsync(occasion, model.Client, gate, cancellationToken);
    }

    // After the window is made to fit, so that memories take only what is free.
    private async Task<(Turn Turn, PackedMemories Memories)> RecallAsync(
        ChatTurn turn, Turn stored, ConversationWindow window, RouteRecord route, ChannelWriter<ChatEvent> events, CancellationToken cancellationToken)
    {
        if (turn.Raw || !turn.UsesMemory)
        {
            return (stored, PackedMemories.None);
        }

        var plan = await Budget(turn).PlanAsync(turn.Preamble, window, turn.Text, cancellationToken);
        var (recalled, memories, embedding) = await memory.RecallAsync(stored, window, model.Client, plan.Free, cancellationToken);
        route.Add(embedding);
        route.Add(memory.Extraction);
        if (memories.Memories.Count > 0)
        {
            events.TryWrite(new ChatEvent.Recalled(memories));
        }

        return (recalled, memories);
    }

    private async Task<ConversationWindow> FitAsync(
        ChatTurn turn, Turn stored, RouteRecord route, ChannelWriter<ChatEvent> events, CancellationToken cancellationToken)
    {
        if (turn.Raw || stored.Parent is null)
        {
            return ConversationWindow.Empty;
        }

        var window = await ConversationWindow.OpenAsync(log, turn.Session, cancellationToken);
        var budget = Budget(turn);
        var before = await budget.PlanAsync(turn.Preamble, window, turn.Text, cancellationToken);
        if (before.Fits || window.Turns.Count == 0)
        {
            return window;
        }

        var keep = await budget.TurnsToKeepAsync(turn.Preamble, window, turn.Text, cancellationToken);
        Turn[] leaving = [.. window.Turns.SkipLast(keep)];
        var summary = await _summariser.SummariseAsync(window.Summary, leaving, cancellationToken);
        var origins = (window with { Turns = leaving }).Taint.Origins;
        var tokens = await model.Client.CountTokensAsync([new ChatMessage(ChatRole.User, summary)], cancellationToken: cancellationToken);
        await log.AddSummaryAsync(turn.Session, new Summary(leaving[^1].Id, summary, tokens) { Origins = origins }, cancellationToken);

        window = new ConversationWindow(summary, [.. window.Turns.TakeLast(keep)]) { SummaryOrigins = origins };
        var after = await budget.PlanAsync(turn.Preamble, window, turn.Text, cancellationToken);
        route.Add(new RouteDecision(
            RouteStep.Summarise, Capability.MainLocalModel, [$"the window was full, and the model that answers is loaded: it summarised {leaving.Length} older turns"]));
        events.TryWrite(new ChatEvent.Compacted(leaving.Length, before.Prompt, after.Prompt));
        return window;
    }

    // What is only continued, or is not to be remembered, states nothing.
    private NewTurn StoredForm(ChatTurn turn) => new(turn.Session, turn.Text, model.Name)
    {
        InsteadOf = turn.InsteadOf,
        OwnLength = turn.Raw || !turn.UsesMemory ? 0 : turn.OwnLength,
    };

    private static TaskKind KindOf(ChatTurn turn) => turn.Raw ? TaskKind.Continuation : turn.Format is not null ? TaskKind.Structured : TaskKinds.Of(turn.Text);

    private ContextBudget Budget(ChatTurn turn) => new(model.Client, turn.Sampling.MaxTokens);

    private static IReadOnlyList<ChatMessage> Messages(ChatTurn turn, ConversationWindow window, ChatMessage message, TurnTools? done, string answer) =>
        turn.Raw ? [message] : PromptBuilder.Build(turn.Preamble, window, message, done, answer);

    private ChatOptions Options(ChatTurn turn, ConversationWindow window) => new()
    {
        MaxOutputTokens = turn.Sampling.MaxTokens,
        ResponseFormat = turn.Format,
        RawRepresentationFactory = _ => new LlamaChatOptions
        {
            Sampling = turn.Sampling.ForEngine(),
            Conversation = turn.Session.ToString(),
            Snapshot = snapshots.PlaceOf(turn.Session, window, turn.Text),
            Raw = turn.Raw,
            ToolsAreDescribed = true,
            ToolCalling = tools.Calling,
        },
    };

    private AnswerSnapshot SnapshotOf(ChatTurn turn) => new(
        model.EngineVersion,
        model.Sha256,
        [.. model.Adapters],
        turn.Raw ? null : model.Client.TemplateName,
        model.Client.ContextLength,
        turn.Sampling,
        turn.Instructions,
        turn.UsesMemory && !turn.Raw ? ChatMemory.Form : null,
        turn is { Raw: false, Tools: not [] } ? ChatTools.Form : null);
}
