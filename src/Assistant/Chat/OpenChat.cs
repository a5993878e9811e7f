using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Escalation;
using PersonalAi.Assistant.Personas;
using PersonalAi.Assistant.Privacy.Packets;
using PersonalAi.Memory.Conversations;
using PersonalAi.Tools.Policy;

namespace PersonalAi.Assistant.Chat;

/// <summary>
/// A conversation as a face holds it: the session, who answers, and with which model. The session is made with its first turn, and
/// the model is loaded when it is first needed.
/// </summary>
/// <param name="sessions">The stored sessions.</param>
/// <param name="log">Their turns.</param>
/// <param name="engines">Loads models.</param>
/// <param name="personas">Whom the model may play.</param>
/// <param name="configuration">What is configured, without a persona.</param>
internal sealed class OpenChat(
    SessionCatalog sessions, ConversationLog log, ChatEngineLoader engines, PersonaCatalog personas, PaiConfiguration configuration) : IAsyncDisposable
{
    private ChatEngine? _engine;
    private string? _model;
    private BackgroundWork? _remembering;

    /// <summary>The session, once it has a turn.</summary>
    public Session? Session { get; private set; }

    /// <summary>Whom the model plays.</summary>
    public Persona Persona { get; private set; } = personas.Get(configuration.Options.Persona);

    /// <summary>Instructions that stand in place of the persona's, or null.</summary>
    public string? SystemPrompt { get; private set; }

    /// <summary>What the model is told before the conversation.</summary>
    public string Instructions => SystemPrompt ?? Persona.Instructions;

    /// <summary>Whether memories are recalled.</summary>
    public bool UsesMemory { get; set; } = true;

    /// <summary>How long an answer may take, all in all; null where there is no limit. The caller stops it: here it is only known, so that nothing is proposed for which no time is left.</summary>
    public TimeSpan? TimeBudget { get; set; }

    /// <summary>The names of the tools that may be used; null for the persona's, or for all that the rules allow where it names none.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>Asks the user whether a tool may run.</summary>
    public IToolGate Gate { get; set; } = new HeadlessGate();

    /// <summary>What is configured, the persona's and the session's choices included.</summary>
    public PaiOptions Options
    {
        get
        {
            var options = configuration.With(Persona.Choices).Options;
            return _model is null ? options : options with { Model = options.Model with { Name = _model } };
        }
    }

    /// <summary>Takes up a stored session where it was; what the command line says goes before what it was held with.</summary>
    /// <param name="idStart">The beginning of its id; null for the one used last.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="UsageException">There is no session yet, or it lies in the trash.</exception>
    /// <exception cref="Memory.MemoryException">No session, or more than one, begins like this.</exception>
    public async Task ResumeAsync(string? idStart, CancellationToken cancellationToken = default)
    {
        var session = idStart is null ? await sessions.LatestAsync(cancellationToken) : await sessions.FindAsync(idStart, cancellationToken);
        Session = session switch
        {
            null => throw new UsageException("There is no session to continue yet: begin one without --continue."),
            { DeletedAt: not null } => throw new UsageException($"The session {session.Id.ShortForm} is in the trash: take it out with 'pai sessions restore {session.Id.ShortForm}'."),
            _ => session,
        };

        if (!IsGiven("persona"))
        {
            Persona = personas.Get(session.Settings.Persona);
        }

        if (!IsGiven("model.name"))
        {
            _model = session.Settings.Model;
        }

        SystemPrompt = session.Settings.SystemPrompt;
    }

    /// <summary>Sends a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="format">The form of the answer.</param>
    /// <param name="raw">Whether the text is only continued; then it is nothing that the user states.</param>
    /// <param name="cancellationToken">Stops the answer.</param>
    /// <inheritdoc cref="ChatEngine.SendAsync"/>
    public IAsyncEnumerable<ChatEvent> SendAsync(UserMessage message, ChatResponseFormat? format = null, bool raw = false, CancellationToken cancellationToken = default) =>
        SendAsync(message.Text, turn => turn with { Format = format, Raw = raw, OwnLength = message.OwnLength, Origins = message.Origins }, cancellationToken);

    /// <summary>Has the last message answered anew; the first answer stays in the session as another branch.</summary>
    /// <exception cref="UsageException">There is no message yet.</exception>
    public async IAsyncEnumerable<ChatEvent> RetryAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var last = await LastTurnAsync(cancellationToken) ?? throw new UsageException("There is no answer to try again yet.");
        await foreach (var chatEvent in SendAsync(last.Prompt, turn => turn with { InsteadOf = last.Id, OwnLength = OwnLengthOf(last), Origins = last.Origins }, cancellationToken))
        {
            yield return chatEvent;
        }
    }

    /// <summary>Has a model elsewhere answer, where the user approves the packet; what the local model answered stays in the session as another branch.</summary>
    /// <param name="escalator">Has the packet approved, and sends it.</param>
    /// <param name="question">The question; null for the last message.</param>
    /// <param name="purpose">What the model elsewhere is asked for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="UsageException">There is no message yet, or no model elsewhere is configured.</exception>
    /// <exception cref="DeniedException">It was not approved, or must not leave this machine.</exception>
    public async IAsyncEnumerable<ChatEvent> EscalateAsync(Escalator escalator, string? question = null, PacketPurpose purpose = PacketPurpose.Escalate, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await StopRememberingAsync();
        var last = question is null ? await LastTurnAsync(cancellationToken) ?? throw new UsageException("There is no message to escalate yet: write one first, or '/escalate QUESTION'.") : null;
        var approved = last is null
            ? await escalator.ApproveAsync(question!, purpose, cancellationToken)
            : await escalator.ApproveAsync(last, purpose, cancellationToken);
        var draft = approved.Packet.Draft;
        Session ??= await sessions.CreateAsync(Settings, cancellationToken: cancellationToken);
        var turn = new NewTurn(Session.Id, draft.Question, draft.Destination.Reference)
        {
            InsteadOf = last?.Id,
            // What was stated was stated when the local model was asked.
            OwnLength = last is null && UsesMemory ? null : 0,
        };
        await foreach (var chatEvent in escalator.AnswerAsync(approved, turn, cancellationToken))
        {
            yield return chatEvent;
        }
    }

    /// <summary>Takes the last message and its answer back; they stay in the session as another branch.</summary>
    /// <returns>The turn that was taken back, or null where there was none.</returns>
    public async Task<Turn?> UndoAsync(CancellationToken cancellationToken = default)
    {
        var last = await LastTurnAsync(cancellationToken);
        if (last is not null)
        {
            Session = await log.MoveHeadAsync(last.Session, last.Parent, cancellationToken);
        }

        return last;
    }

    /// <inheritdoc cref="ChatEngine.CleanAsync"/>
    public async Task<IReadOnlyList<string>> CleanAsync(CancellationToken cancellationToken = default) =>
        Session is null ? [] : await (await EngineAsync(cancellationToken)).CleanAsync(Session.Id, cancellationToken);

    /// <summary>Begins a new session with the next message.</summary>
    public void BeginAnew() => Session = null;

    /// <summary>Has another persona answer from now on.</summary>
    /// <exception cref="UsageException">There is no such persona.</exception>
    public async Task UsePersonaAsync(string name, CancellationToken cancellationToken = default)
    {
        Persona = personas.Get(name);
        SystemPrompt = null;
        await ApplyAsync(cancellationToken);
    }

    /// <summary>Puts other instructions in place of the persona's; null puts the persona's back.</summary>
    public async Task UseSystemPromptAsync(string? instructions, CancellationToken cancellationToken = default)
    {
        SystemPrompt = instructions;
        await ApplyAsync(cancellationToken);
    }

    /// <summary>Has another model answer from now on; where it cannot be loaded, the one before goes on answering.</summary>
    /// <exception cref="Adapters.ModelException">The model cannot be found, trusted, or loaded.</exception>
    public async Task UseModelAsync(string name, CancellationToken cancellationToken = default)
    {
        var engine = await engines.LoadAsync(Options.Model with { Name = name }, cancellationToken);
        await DisposeAsync();
        (_engine, _model) = (engine, name);
        await ApplyAsync(cancellationToken);
    }

    /// <summary>The last turn of the current path, or null where there is none.</summary>
    public async Task<Turn?> LastTurnAsync(CancellationToken cancellationToken = default) =>
        Session is null ? null : (await log.PathAsync(Session.Id, cancellationToken)).LastOrDefault();

    /// <summary>Takes note of what the user thinks of the last answer.</summary>
    /// <exception cref="UsageException">There is no answer yet.</exception>
    public async Task<Turn> RateAsync(bool isGood, CancellationToken cancellationToken = default)
    {
        var last = await LastTurnAsync(cancellationToken) ?? throw new UsageException("There is no answer to rate yet.");
        return await log.RateAsync(last.Id, isGood, cancellationToken);
    }

    /// <summary>Goes on from one of two answers to the same message, and takes note of what the user thinks of the local one.</summary>
    /// <param name="chosen">The turn to go on from.</param>
    /// <param name="local">The turn that was answered here.</param>
    /// <param name="isGood">Whether the local answer was good enough.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task ChooseAsync(Turn chosen, Turn local, bool isGood, CancellationToken cancellationToken = default)
    {
        Session = await log.MoveHeadAsync(chosen.Session, chosen.Id, cancellationToken);
        await log.RateAsync(local.Id, isGood, cancellationToken);
    }

    /// <summary>The model, which is loaded if it was not yet.</summary>
    public async Task<LocalModel> ModelAsync(CancellationToken cancellationToken = default) => (await EngineAsync(cancellationToken)).Model;

    /// <summary>What a message would take of the context window now.</summary>
    public async Task<WindowPlan> PlanAsync(string text, CancellationToken cancellationToken = default)
    {
        var engine = await EngineAsync(cancellationToken);
        return await engine.PlanAsync(Session?.Id, TurnOf(default, text, Session?.CoreMemory ?? ""), cancellationToken);
    }

    /// <summary>Writes facts of what was said and puts it into the index of the memory, until the next message comes.</summary>
    public void RememberInBackground() => _remembering ??= UsesMemory && _engine is { } engine ? new BackgroundWork(token => engine.RememberAsync(isIdle: true, token)) : null;

    /// <summary>Writes facts of what was said and puts it into the index of the memory.</summary>
    public Task RememberAsync(CancellationToken cancellationToken = default) =>
        UsesMemory && _engine is not null ? _engine.RememberAsync(isIdle: false, cancellationToken) : Task.CompletedTask;

    /// <summary>Unloads the model.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopRememberingAsync();
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
            _engine = null;
        }
    }

    private async IAsyncEnumerable<ChatEvent> SendAsync(
        string text, Func<ChatTurn, ChatTurn> adjust, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await StopRememberingAsync();
        var engine = await EngineAsync(cancellationToken);
        var core = Session is not null ? Session.CoreMemory : UsesMemory ? await engine.CoreMemoryAsync(cancellationToken) : "";
        await engine.CheckAsync(adjust(TurnOf(default, text, core)), cancellationToken);
        Session ??= await sessions.CreateAsync(Settings, coreMemory: core, cancellationToken: cancellationToken);
        await foreach (var chatEvent in engine.SendAsync(adjust(TurnOf(Session.Id, text, core)), Gate, cancellationToken))
        {
            yield return chatEvent;
        }
    }

    private async Task StopRememberingAsync()
    {
        if (_remembering is { } work)
        {
            _remembering = null;
            await work.DisposeAsync();
        }
    }

    private async Task<ChatEngine> EngineAsync(CancellationToken cancellationToken) =>
        _engine ??= await engines.LoadAsync(Options.Model, cancellationToken);

    private ChatTurn TurnOf(SessionId session, string text, string coreMemory) => new(session, text)
    {
        Instructions = Instructions,
        CoreMemory = coreMemory,
        UsesMemory = UsesMemory,
        Sampling = Options.Sampling,
        TimeBudget = TimeBudget,
        Tools = Tools ?? (Persona.Tools.IsEmpty ? null : Persona.Tools),
    };

    // What came from elsewhere the first time has not become the user's own.
    private static int? OwnLengthOf(Turn turn) => turn.Origins.Count > 0 ? turn.OwnLength : null;

    private SessionSettings Settings => new(Persona.Name, Options.Model.Name) { SystemPrompt = SystemPrompt };

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        if (Session is not null)
        {
            Session = await sessions.ConfigureAsync(Session.Id, Settings, cancellationToken);
        }
    }

    private bool IsGiven(string setting) => configuration.OriginOf(Configuration.Settings.Find(setting)).Layer == Layer.CommandLine;
}
