using System.Collections.Immutable;
using System.CommandLine;
using Microsoft.Extensions.Logging;
using PersonalAi.Adapters;
using PersonalAi.Adapters.Engines;
using PersonalAi.Adapters.Host;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Tuning;
using PersonalAi.Adapters.Models;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Assistant.Catalogue;
using PersonalAi.Assistant.Chat;
using PersonalAi.Assistant.Cli;
using PersonalAi.Assistant.Cli.Engine;
using PersonalAi.Assistant.Configuration;
using PersonalAi.Assistant.Doctor;
using PersonalAi.Assistant.Encryption;
using PersonalAi.Assistant.Escalation;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Assistant.Logging;
using PersonalAi.Assistant.Mcp;
using PersonalAi.Assistant.Memories;
using PersonalAi.Assistant.Personas;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Privacy.Consent;
using PersonalAi.Assistant.Privacy.Ledger;
using PersonalAi.Assistant.Privacy.Packets;
using PersonalAi.Assistant.Privacy.Redaction;
using PersonalAi.Assistant.Routing;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Assistant.Terminal.Slash;
using PersonalAi.Assistant.Tools;
using PersonalAi.Assistant.Tools.Own;
using PersonalAi.Memory;
using PersonalAi.Memory.Audit;
using PersonalAi.Memory.Conversations;
using PersonalAi.Memory.Documents;
using PersonalAi.Memory.Documents.Ingestion;
using PersonalAi.Memory.Encryption;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Facts.Writing.Queue;
using PersonalAi.Memory.Forgetting;
using PersonalAi.Memory.Notes;
using PersonalAi.Memory.Recall;
using PersonalAi.Memory.Recall.Index;
using PersonalAi.Memory.Storage;
using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn;
using PersonalAi.Tools.Mcp;
using PersonalAi.Tools.Policy;
using PersonalAi.Tools.Selection;

namespace PersonalAi.Assistant;

/// <summary>Puts the services of one run together, each when it is first asked for.</summary>
internal sealed partial class Composition : IAsyncDisposable
{
    private readonly ProcessContext _process;
    private readonly ColourPolicy _colours;
    private readonly bool _verbose;
    private readonly Lazy<DataFolder> _data;
    private readonly Lazy<PaiConfiguration> _configuration;
    private readonly Lazy<PersonaCatalog> _personas;
    private readonly Lazy<ILoggerFactory> _logging;
    private readonly Lazy<EgressGate> _egress;
    private readonly Lazy<EnginePlace> _enginePlace;
    private readonly Lazy<LlamaLibrary> _library;
    private readonly Lazy<EngineClient> _engine;
    private readonly Lazy<ModelStore> _models;
    private readonly Lazy<ModelCatalogue> _catalogue;
    private readonly Lazy<EmbedderLoader> _embedder;
    private McpServers? _mcp;
    private TerminalPacketGate? _packetGate;
    private MemoryDatabase? _database;
    private MemorySearch? _search;
    private ToolSelection? _selection;
    private MemoryKey? _key;
    private bool _keyIsKnown;

    public Composition(ParseResult arguments, ProcessContext process)
    {
        var root = (PaiRootCommand)arguments.RootCommandResult.Command;
        _process = process;
        _colours = new ColourPolicy(arguments.GetValue(root.NoColor), process.Environment);
        _verbose = arguments.GetValue(root.Verbose);
        Arguments = arguments;
        _data = new(() => DataFolder.Locate(arguments.GetValue(root.Data), process.Environment));
        _configuration = new(() => PaiConfiguration.Load(Data.Configuration, process.Environment, SettingOption.GivenIn(arguments)));
        _personas = new(() => PersonaCatalog.Load(PersonaCatalog.ShippedFolder, Data.Personas));
        _logging = new(() => LogFiles.Open(KeepsLog ? Data.Logs : null, LogLevel, _verbose || IsEngine ? Console.Error : null));
        _egress = new(() => new EgressGate(Ledger, Logging.CreateLogger<EgressGate>()));
        _enginePlace = new(FindEngine);
        _library = new(() => LlamaLibrary.Load(_enginePlace.Value.Folder, Logging.CreateLogger<LlamaLibrary>(), _enginePlace.Value.Fallback));
        _engine = new(OpenEngine);
        _models = new(() => new ModelStore(Configuration.Options.ModelsFolder, Path.Combine(AppContext.BaseDirectory, "models"), Time));
        _embedder = new(() => new EmbedderLoader(Models, Configuration.Options.Model.Embedding, Configuration.Options.Engine.InProcess ? null : _engine, _library));
        _catalogue = new(() => ModelCatalogue.Load(ModelCatalogue.ShippedFile, Data.Catalogue));
    }

    public ParseResult Arguments { get; }

    public ConsoleStreams Console => _process.Console;

    public Func<string, string?> Environment => _process.Environment;

    public Interrupts Interrupts => _process.Interrupts;

    public TimeProvider Time => _process.Time;

    public bool ColourOnOutput => _colours.AllowsOn(Console.OutputIsTerminal);

    public bool ColourOnError => _colours.AllowsOn(Console.ErrorIsTerminal);

    public DataFolder Data => _data.Value;

    /// <summary>The configuration without a persona in it.</summary>
    public PaiConfiguration Configuration => _configuration.Value;

    /// <summary>The configuration that a new session starts with: its persona's choices are in it.</summary>
    public PaiConfiguration StartConfiguration => Configuration.With(Personas.Get(Configuration.Options.Persona).Choices);

    public PersonaCatalog Personas => _personas.Value;

    public ILoggerFactory Logging => _logging.Value;

    public EgressGate Egress => _egress.Value;

    /// <summary>The list of all that left this machine.</summary>
    public EgressLedger Ledger => new(Data, Time);

    /// <summary>The servers of models elsewhere.</summary>
    public FrontierDestinations Frontier => new(Configuration.Options.Frontier);

    /// <summary>The keys of those servers.</summary>
    public FrontierKeys FrontierKeys => new(Data.Keys, Environment, Time);

    /// <summary>What their models cost.</summary>
    public PriceTable Prices => PriceTable.Load(Data.Prices);

    /// <summary>llama.cpp in this process: where models are loaded elsewhere, that is only looked at.</summary>
    public LlamaLibrary Library => _library.Value;

    /// <summary>The engine process.</summary>
    public EngineClient Engine => _engine.Value;

    /// <summary>Loads models where the configuration wants them.</summary>
    public ModelLoader Loader => new(Models, Configuration.Options.Engine.InProcess ? null : _engine, _library);

    public ModelStore Models => _models.Value;

    /// <summary>The models that can be pulled.</summary>
    public ModelCatalogue Catalogue => _catalogue.Value;

    /// <summary>What was measured on this machine.</summary>
    public TuningFile Tunings => new(Models.Folder);

    /// <summary>What was measured here for models of a kind; null where nothing was, or there is no engine to measure with.</summary>
    public ModelTuning? TuningOf(GgufFile file)
    {
        try
        {
            return Tunings.Find(TuningKey.Of(Library, file));
        }
        catch (ModelException e) when (e.Error == ModelError.EngineMissing)
        {
            return null;
        }
    }

    /// <summary>The builds of llama.cpp that were installed.</summary>
    public EngineStore Engines => new(Configuration.Options.ModelsFolder);

    /// <summary>The memory of this machine as it is now, that of its GPUs included where there is an engine that can compute on them.</summary>
    public MachineMemory ReadMemory()
    {
        try
        {
            return Library.ReadMemory();
        }
        catch (ModelException e) when (e.Error == ModelError.EngineMissing)
        {
            return MachineMemory.Read();
        }
    }

    public async Task<MemoryDatabase> DatabaseAsync(CancellationToken cancellationToken = default)
    {
        if (_database is null)
        {
            _database = await MemoryDatabase.OpenAsync(Data.Database, await KeyAsync(cancellationToken), Time, Logging.CreateLogger<MemoryDatabase>(), cancellationToken);
            await FinishForgettingAsync(cancellationToken);
        }

        return _database;
    }

    /// <summary>The key of the database; null where it is not encrypted. Read once: SQLite's locks on a file end when anybody in the process closes it.</summary>
    public async Task<MemoryKey?> KeyAsync(CancellationToken cancellationToken = default)
    {
        if (!_keyIsKnown)
        {
            _key = KeyFile.Of(Data.Database) is { } file ? await Keys.OpenAsync(file, "the memory", cancellationToken) : null;
            _keyIsKnown = true;
        }

        return _key;
    }

    /// <summary>Asks for passphrases, and for keys of the keyring.</summary>
    public MemoryKeys Keys => new(Passphrases);

    /// <summary>Where the passphrase of the memory comes from.</summary>
    public Passphrases Passphrases => new(Console, Environment, Arguments.GetValue(((PaiRootCommand)Arguments.RootCommandResult.Command).PassphraseFile));

    /// <summary>The backups of the database.</summary>
    public DatabaseBackups Backups => new(Data.Database, Time);

    public async Task<SessionCatalog> SessionsAsync(CancellationToken cancellationToken = default) =>
        new(await DatabaseAsync(cancellationToken), Time);

    public async Task<ConversationLog> TurnsAsync(CancellationToken cancellationToken = default) =>
        new(await DatabaseAsync(cancellationToken), Time, Logging.CreateLogger<ConversationLog>());

    public async Task<FactStore> FactsAsync(CancellationToken cancellationToken = default) => new(await DatabaseAsync(cancellationToken), Time);

    public async Task<FactJournal> JournalAsync(CancellationToken cancellationToken = default) => new(await DatabaseAsync(cancellationToken), Time);

    /// <summary>Forgets.</summary>
    public async Task<MemoryEraser> EraserAsync(CancellationToken cancellationToken = default) => new(await DatabaseAsync(cancellationToken));

    /// <summary>Cleans up after forgetting.</summary>
    public async Task<MemoryCleaning> CleaningAsync(CancellationToken cancellationToken = default) =>
        new(await EraserAsync(cancellationToken), () => Snapshots, () => Engine);

    /// <summary>Facts that wait to be looked at.</summary>
    public async Task<FactInbox> InboxAsync(CancellationToken cancellationToken = default) => new(await DatabaseAsync(cancellationToken), Time);

    /// <summary>Stores facts from what the user says.</summary>
    public async Task<FactWriter> WriterAsync(CancellationToken cancellationToken = default) => new(await DatabaseAsync(cancellationToken), Time);

    public async Task<DocumentStore> DocumentsAsync(CancellationToken cancellationToken = default) => new(await DatabaseAsync(cancellationToken), Time);

    /// <summary>Notes and reminders.</summary>
    public async Task<NoteStore> NotesAsync(CancellationToken cancellationToken = default) => new(await DatabaseAsync(cancellationToken), Time);

    public async Task<WatchedPaths> WatchedPathsAsync(CancellationToken cancellationToken = default) => new(await DatabaseAsync(cancellationToken), Time);

    /// <summary>Makes documents of files.</summary>
    public async Task<DocumentIngestion> IngestionAsync(CancellationToken cancellationToken = default) =>
        new(await DocumentsAsync(cancellationToken), await WatchedPathsAsync(cancellationToken), Time);

    /// <summary>Recalls; one for the whole run, since it holds codes of vectors.</summary>
    public async Task<MemorySearch> SearchAsync(CancellationToken cancellationToken = default) =>
        _search ??= new MemorySearch(await DatabaseAsync(cancellationToken), Time);

    /// <summary>Brings the index of the memory up to date.</summary>
    public async Task<MemoryIndexer> IndexerAsync(CancellationToken cancellationToken = default) => new(await DatabaseAsync(cancellationToken), Time);

    /// <summary>Loads the model that turns texts into vectors.</summary>
    public EmbedderLoader Embedder => _embedder.Value;

    /// <summary>Finds what should not leave the machine, also whom and what the memory knows.</summary>
    public async Task<Redactor> RedactorAsync(CancellationToken cancellationToken = default) =>
        new(await NameDictionary.ReadAsync(new KnownNames(await DatabaseAsync(cancellationToken)), cancellationToken));

    /// <summary>What was recalled for each turn.</summary>
    public async Task<RecallLog> RecallsAsync(CancellationToken cancellationToken = default) => new(await DatabaseAsync(cancellationToken), Time);

    /// <summary>What models have read of the sessions.</summary>
    public SessionSnapshots Snapshots => new(Data.KvSnapshots, (long)(Configuration.Options.Engine.SnapshotsGiB * (1L << 30)), _key?.Derive("kv snapshots"));

    /// <summary>A chat with nothing said yet.</summary>
    /// <param name="tools">Which tools may be used.</param>
    /// <param name="progress">Told what is being done to model files.</param>
    /// <param name="wakesEngine">Whether a model of this machine will be asked soon.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task<OpenChat> OpenChatAsync(ToolChoice tools, IProgress<ModelProgress> progress, bool wakesEngine = true, CancellationToken cancellationToken = default)
    {
        if (wakesEngine && !Configuration.Options.Engine.InProcess)
        {
            // It starts while the session is opened and the model is checked.
            _ = Engine.WakeAsync(cancellationToken);
        }

        var log = await TurnsAsync(cancellationToken);
        var engines = new ChatEngineLoader(Loader, Snapshots, log, await ChatMemoryAsync(cancellationToken), await ChatToolsAsync(tools, cancellationToken), Router, Time, progress);
        return new OpenChat(await SessionsAsync(cancellationToken), log, engines, Personas, Configuration) { Tools = tools.Names ?? (Configuration.Options.Tools.Enabled ? null : []), Gate = ToolGate() };
    }

    /// <summary>Decides whether asking elsewhere is proposed.</summary>
    public Router Router => new(
        Configuration.Options.Frontier is { Model: not FrontierDestinations.None } frontier
            ? new RouteOptions
            {
                Elsewhere = frontier.Model,
                MayAsk = frontier.Consent != ConsentMode.Off,
                MoneyLeft = frontier.Consent == ConsentMode.Session ? frontier.SessionCost : null,
            }
            : new RouteOptions(),
        RouteCalibrations.Read());

    /// <summary>What the user's thumbs say of how sure models are.</summary>
    public RouteCalibrationFile RouteCalibrations => new(Data.RouteCalibration);

    private async Task<ChatTools> ChatToolsAsync(ToolChoice choice, CancellationToken cancellationToken) => new(
        ToolBoxAsync,
        ToolSelectionAsync,
        Configuration.Options.Tools.Calling,
        await ToolPolicyAsync(choice, cancellationToken),
        ToolFace,
        await ToolAuditAsync(cancellationToken),
        Time,
        Logging.CreateLogger<ToolRunner>());

    private async Task<ChatMemory> ChatMemoryAsync(CancellationToken cancellationToken) => new(
        await FactsAsync(cancellationToken),
        await SearchAsync(cancellationToken),
        await RecallsAsync(cancellationToken),
        await IndexerAsync(cancellationToken),
        new MemoryWorker(await WriterAsync(cancellationToken), Configuration.Options.MemoryWrite),
        Embedder,
        Time,
        Logging.CreateLogger<ChatMemory>());

    /// <summary>All tools that there are: one line for each source.</summary>
    public Task<ToolBox> ToolBoxAsync(CancellationToken cancellationToken = default) => ToolBox.OpenAsync(
        [
            _ => Task.FromResult(BuiltInTools.All(ToolPlace)),
            OwnToolsAsync,
            Mcp().ToolsAsync,
        ],
        cancellationToken);

    // Without an embedding model words alone decide; memories are searched by words then, too, and that is said there.
    private async Task<ToolSelection> ToolSelectionAsync(CancellationToken cancellationToken) => _selection ??= await Embedder.OpenOrNullAsync(cancellationToken) is { } embedder
        ? new ToolSelection(embedder.Generator, file: new ToolVectorFile(Path.Combine(Models.Folder, "tool-vectors.bin"), embedder.Space.Id))
        : new ToolSelection(embeddings: null);

    private async Task<IReadOnlyList<Tool>> OwnToolsAsync(CancellationToken cancellationToken) =>
        [.. await RecallToolsAsync(cancellationToken), .. new NoteTools(await NotesAsync(cancellationToken), Time).All()];

    private async Task<IReadOnlyList<Tool>> RecallToolsAsync(CancellationToken cancellationToken)
    {
        var search = new MemorySearchTool(await SearchAsync(cancellationToken), await RecallsAsync(cancellationToken), Embedder, Time);
        return
        [
            search.OfMemory(),
            search.OfDocuments(),
            new SessionSearchTool(new ConversationSearch(await DatabaseAsync(cancellationToken)), await TurnsAsync(cancellationToken), Time).Create(),
            new MemoryProposeTool(await WriterAsync(cancellationToken)).Create(),
        ];
    }

    /// <summary>The MCP servers of the user; each is started when something of it is first needed.</summary>
    /// <param name="lines">What is typed, for questions of servers; null where nobody answers them.</param>
    /// <param name="progress">Told how far servers are with calls.</param>
    public McpServers Mcp(TerminalLines? lines = null, IProgress<string>? progress = null) => _mcp ??= McpServers.Open(McpPlace(lines, progress));

    /// <summary>What MCP servers are used with.</summary>
    public McpPlace McpPlace(TerminalLines? lines = null, IProgress<string>? progress = null) => new(Data.Path, OpenMcp, Environment, Time, Logging.CreateLogger<McpServers>())
    {
        AskAsync = lines is not null && AsksAtTerminal ? new ServerQuestions(lines, Console.Error).AskAsync : null,
        Progress = progress,
    };

    /// <summary>Offers the memory to another program. To propose is allowed, since the user looks at the inbox before anything is kept; a rule can deny it.</summary>
    public async Task<MemoryServer> MemoryServerAsync(CancellationToken cancellationToken = default)
    {
        var policy = await ToolPolicyAsync(ToolChoice.Usual with { Rules = [ToolRule.Parse("allow memory_propose face:mcp")] }, cancellationToken);
        var audit = await ToolAuditAsync(cancellationToken);
        var facts = await FactsAsync(cancellationToken);
        var (sessions, documents) = (await SessionsAsync(cancellationToken), await DocumentsAsync(cancellationToken));
        var stored = new StoredTextTools(sessions, await TurnsAsync(cancellationToken), documents, Time);
        return new MemoryServer(
            [.. (await RecallToolsAsync(cancellationToken)).Concat(stored.All()).Where(tool => !policy.Hides(tool, ToolFace.Mcp))],
            (tool, call, stop) => new AuditedTools(
                new ToolRunner(policy, new HeadlessGate(), ToolFace.Mcp, new ToolLimits { ResultLength = 100_000 }, Logging.CreateLogger<ToolRunner>()), audit, ToolFace.Mcp, Time).RunAsync(tool, call, Taint.None, stop),
            new WithheldText(await OutgoingCheckAsync(cancellationToken), facts),
            sessions,
            documents);
    }

    /// <summary>Decides which calls run: by the rules that are configured, and those of this run.</summary>
    public async Task<ToolPolicy> ToolPolicyAsync(ToolChoice choice, CancellationToken cancellationToken = default) =>
        new([.. Configuration.Options.Tools.Rules.Select(ToolRule.Parse), .. choice.Rules], await OutgoingCheckAsync(cancellationToken));

    /// <summary>Models elsewhere, as the user has set them up.</summary>
    public FrontierModels ModelsElsewhere => new(Configuration.Options.Frontier, FrontierKeys, Prices, Time);

    /// <summary>Has models elsewhere answer where the user approves it.</summary>
    /// <param name="file">The user's word, where nobody is asked.</param>
    /// <param name="lines">What is typed, where somebody reads it already.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    /// <exception cref="DeniedException">The user can give no word here.</exception>
    public async Task<Escalator> EscalatorAsync(ConsentFile? file = null, TerminalLines? lines = null, CancellationToken cancellationToken = default)
    {
        IPacketGate gate = file is null ? PacketGate(lines) : new ConsentFileGate(file, Ledger, Time);
        var (models, log, labels) = (ModelsElsewhere, await TurnsAsync(cancellationToken), await LabelledTextsAsync(cancellationToken));
        return new Escalator(
            models,
            new PacketDrafts(log, await RecallsAsync(cancellationToken), await FactsAsync(cancellationToken), await DocumentsAsync(cancellationToken)),
            new PacketDialogue(new PacketBuilder(models, await RedactorAsync(cancellationToken), labels), gate),
            Egress,
            Ledger,
            log,
            new EscalationLog(await DatabaseAsync(cancellationToken)),
            await NotesAsync(cancellationToken),
            Time);
    }

    // A session's word holds until the program ends, so the gate that has it stays.
    private TerminalPacketGate PacketGate(TerminalLines? lines)
    {
        var settings = Configuration.Options.Frontier;
        if (settings.Consent == ConsentMode.Off)
        {
            throw new DeniedException("Nothing goes to a model elsewhere: frontier.consent is 'off'. 'pai config set frontier.consent ask' has you asked for each packet.");
        }

        if (!AsksAtTerminal)
        {
            throw new DeniedException("Nobody can be asked here whether the packet may go: give your word with --consent FILE.");
        }

        return _packetGate ??= new TerminalPacketGate(
            new Lazy<TerminalLines>(() => lines ?? new TerminalLines(Console)),
            Console.Error,
            Ledger,
            settings.Consent == ConsentMode.Session ? new ConsentBudget(settings.SessionTokens, settings.SessionCost) : null);
    }

    /// <summary>Finds facts and documents by the user's labels in what is about to leave.</summary>
    public async Task<LabelledTexts> LabelledTextsAsync(CancellationToken cancellationToken = default) =>
        new(await FactsAsync(cancellationToken), await DocumentsAsync(cancellationToken));

    /// <summary>Looks through what is about to leave.</summary>
    public async Task<OutgoingCheck> OutgoingCheckAsync(CancellationToken cancellationToken = default) => new((await LabelledTextsAsync(cancellationToken)).FindNeverAsync);

    /// <summary>Asks the person at the terminal, where one sits there and may be asked; else nobody.</summary>
    /// <param name="lines">What is typed, where somebody reads it already: two would take each other's lines.</param>
    public IToolGate ToolGate(TerminalLines? lines = null) => AsksAtTerminal
        ? new TerminalGate(new Lazy<TerminalLines>(() => lines ?? new TerminalLines(Console)), Console.Error, Rules.AddAsync)
        : new HeadlessGate();

    /// <summary>Where calls of tools come from.</summary>
    public ToolFace ToolFace => AsksAtTerminal ? ToolFace.Terminal : ToolFace.Headless;

    /// <summary>Runs calls of tools and logs them.</summary>
    /// <param name="policy">Decides which run.</param>
    /// <param name="gate">Asks where the policy says so.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task<AuditedTools> AuditedToolsAsync(ToolPolicy policy, IToolGate gate, CancellationToken cancellationToken = default) =>
        new(new ToolRunner(policy, gate, ToolFace, new ToolLimits(), Logging.CreateLogger<ToolRunner>()), await ToolAuditAsync(cancellationToken), ToolFace, Time);

    /// <summary>The log of every call of a tool.</summary>
    public async Task<ToolAudit> ToolAuditAsync(CancellationToken cancellationToken = default) => new(await DatabaseAsync(cancellationToken));

    /// <summary>The rules in the configuration file.</summary>
    public RuleFile Rules => new(Data, PaiConfiguration.DefaultsFor(Environment));

    /// <param name="lines">What is typed.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task<SlashCommands> SlashCommandsAsync(TerminalLines lines, CancellationToken cancellationToken = default) =>
        new(
            Personas,
            Models,
            new SessionExport(await TurnsAsync(cancellationToken)),
            await RecallsAsync(cancellationToken),
            Mcp(),
            Time,
            stop => EscalatorAsync(lines: lines, cancellationToken: stop),
            (question, stop) => lines.AskAsync(Console.Error, question, stop),
            (words, stop) => PaiRunner.RunWithinAsync(this, words, stop));

    /// <summary>What <c>pai doctor</c> looks at, in this order.</summary>
    public ImmutableArray<HealthCheck> HealthChecks =>
    [
        new ConfigurationCheck(Data, () => Configuration),
        new PersonasCheck(() => Personas, () => Configuration),
        new EngineCheck(() => Library),
        new ProcessCheck(() => Engine, Time),
        new ModelCheck(() => Models, () => StartConfiguration, () => Library),
        new EmbeddingCheck(() => Models, () => Configuration),
        new SqliteCheck(),
        new EncryptionCheck(Data, Backups),
        new DatabaseCheck(Data.Database, DatabaseAsync),
        new DiskCheck(Data, () => Models),
        new MemoryCheck(() => Models, () => StartConfiguration, TuningOf, ReadMemory),
        new TuningCheck(() => Models, () => StartConfiguration, TuningOf),
        new CpuCheck(),
    ];

    private bool AsksAtTerminal => Console.InputIsTerminal && Console.ErrorIsTerminal && Arguments.InvocationConfiguration is not PaiInvocation { MayAsk: false };

    // The address stands in the user's own entry, which is their consent to that host and to no other; it may be this machine.
    private HttpClient OpenMcp(Uri server)
    {
        var consent = new EgressConsent(EgressPurpose.Mcp, "the server's entry in mcp.json");
        consent.Allow(server.Authority);
        return Egress.CreateClient(consent);
    }

    private ToolPlace ToolPlace => new(Time, ToolRoots, host => Egress.CreateWebClient(host))
    {
        CommandSandbox = Configuration.Options.Tools.CommandSandbox,
    };

    private GrantedRoots ToolRoots => new([.. Configuration.Options.Tools.Roots])
    {
        Excluded = [Data.Path, .. GrantedRoots.SecretsIn(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile))],
    };

    // What an earlier run could not finish; where this one cannot either, that must not keep anybody from working.
    private async Task FinishForgettingAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await (await EraserAsync(cancellationToken)).IsCleaningDueAsync(cancellationToken))
            {
                await (await CleaningAsync(cancellationToken)).FinishAsync(cancellationToken);
            }
        }
        catch (Exception error) when (error is MemoryException or IOException or UnauthorizedAccessException or UsageException)
        {
            LogStillDue(Logging.CreateLogger<MemoryCleaning>(), error);
        }
    }

    // A diagnosis leaves nothing behind, and must run where no file can be written; the engine process has a log of its own.
    private bool KeepsLog => Arguments.CommandResult.Command is not DoctorCommand && !IsEngine;

    private bool IsEngine => Arguments.CommandResult.Command is EngineServeCommand;

    private LogLevel LogLevel
    {
        get
        {
            if (IsEngine)
            {
                // What belongs to the user, the configuration included, is not the engine's to read.
                return LogLevel.Warning;
            }

            // The log must open even where the configuration is what failed.
            LogLevel configured;
            try
            {
                configured = Configuration.Options.LogLevel;
            }
            catch (Exception error) when (error is UsageException or IOException or UnauthorizedAccessException)
            {
                configured = LogLevel.Information;
            }

            return _verbose && configured > LogLevel.Debug ? LogLevel.Debug : configured;
        }
    }

    // A diagnosis must find an engine even where the configuration is what failed, and the engine process does not read it.
    private EnginePlace FindEngine()
    {
        try
        {
            return EnginePlace.Find(Environment, IsEngine ? null : Configuration.Options);
        }
        catch (Exception error) when (error is UsageException or IOException or UnauthorizedAccessException)
        {
            return EnginePlace.Find(Environment, options: null);
        }
    }

    private EngineClient OpenEngine()
    {
        var address = EngineSetup.Address(_enginePlace.Value.Folder, Environment);
        return new EngineClient(address, () => EngineSetup.Launch(address, _enginePlace.Value))
        {
            KeepFor = IsEngine ? null : Configuration.Options.Engine.KeepFor,
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_mcp is not null)
        {
            await _mcp.DisposeAsync();
        }

        if (_embedder.IsValueCreated)
        {
            await _embedder.Value.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (_logging.IsValueCreated)
        {
            _logging.Value.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Traces of what was forgotten are still in the data folder; the next start tries again to remove them.")]
    private static partial void LogStillDue(ILogger logger, Exception error);
}
