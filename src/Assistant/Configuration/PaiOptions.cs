using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using PersonalAi.Adapters.Engines;
using PersonalAi.Adapters.Frontier;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Tools;
using PersonalAi.Adapters.Models.Fit;
using PersonalAi.Assistant.Frontier;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Tools.Sandbox;
using EngineSampling = PersonalAi.Adapters.Llama.Sampling.SamplingOptions;

namespace PersonalAi.Assistant.Configuration;

/// <summary>Everything that can be configured; the values given here are the defaults.</summary>
internal sealed record PaiOptions
{
    public ModelOptions Model { get; init; } = new();

    public SamplingOptions Sampling { get; init; } = new();

    public EngineOptions Engine { get; init; } = new();

    /// <summary>Who proposes facts of what the user says.</summary>
    public MemoryWriting MemoryWrite { get; init; } = MemoryWriting.Rules;

    public ToolOptions Tools { get; init; } = new();

    public FrontierSettings Frontier { get; init; } = new();

    /// <summary>Name of the persona that a new session starts with.</summary>
    public string Persona { get; init; } = "default";

    /// <summary>Folder of the model files; may be shared by several data folders.</summary>
    public required string ModelsFolder { get; init; }

    /// <summary>How many backups are kept in the data folder.</summary>
    public int BackupsKept { get; init; } = 10;

    /// <summary>Lowest level that goes into the log file.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}

/// <summary>Which model answers, and how it is loaded.</summary>
internal sealed record ModelOptions
{
    /// <summary>A name in the models folder, or the path of a .gguf file.</summary>
    public string Name { get; init; } = "tinyllama-1.1b-chat";

    /// <summary>A small model of the same vocabulary that guesses tokens; <c>none</c> guesses from the text alone.</summary>
    public string Draft { get; init; } = "none";

    /// <summary>Name of the model that turns text into vectors.</summary>
    public string Embedding { get; init; } = "all-minilm-l6-v2";

    /// <summary>Size of the context window in tokens; a model that was trained for less gets what it was trained for.</summary>
    public int ContextTokens { get; init; } = 4096;

    /// <summary>Threads that compute; 0 finds out how many are best.</summary>
    public int Threads { get; init; }

    /// <summary>Chooses context window, KV cache type and sequences by what fits this machine.</summary>
    public bool Fit { get; init; }

    /// <summary>Flash attention; null takes what was measured.</summary>
    public bool? FlashAttention { get; init; }

    /// <summary>How keys and values are stored; null takes what was measured.</summary>
    public KvCacheType? KvType { get; init; }

    /// <summary>Rearranges weights for the CPU; null takes what was measured.</summary>
    public bool? Repack { get; init; }

    /// <summary>Layers that lie on GPUs; null takes as many as there is room for.</summary>
    public int? GpuLayers { get; init; }

    /// <summary>Name of the chat template; <c>auto</c> takes the one that the model file names.</summary>
    public string Template { get; init; } = "auto";

    /// <summary>Whether tokens are guessed ahead; not a setting, but off where speed is measured, since random text repeats itself.</summary>
    public bool Speculates { get; init; } = true;

    /// <summary>As the engine takes it.</summary>
    public RunWishes Wishes() => new()
    {
        ContextTokens = ContextTokens,
        Fit = Fit,
        GpuLayers = GpuLayers,
        FlashAttention = FlashAttention,
        KeyValueType = KvType,
        Repack = Repack,
        Threads = Threads == 0 ? null : Threads,
    };
}

/// <summary>Where models are loaded, and how long they stay.</summary>
internal sealed record EngineOptions
{
    /// <summary>Loads models in this process, not in the engine's.</summary>
    public bool InProcess { get; init; }

    /// <summary>Disk space for KV snapshots, in GiB; 0 keeps none.</summary>
    public float SnapshotsGiB { get; init; } = 8;

    /// <summary>The build that models run on; null takes the one that came with the program.</summary>
    public EngineBackend? Backend { get; init; }

    /// <summary>Where builds of the engine are fetched from; <c>auto</c> takes the registry that npm itself uses.</summary>
    public string Registry { get; init; } = "auto";

    /// <summary>How long the engine process keeps a model that nobody uses, in minutes; 0 keeps it for good.</summary>
    public float IdleMinutes { get; init; } = 10;

    /// <summary>As the engine's client takes it.</summary>
    public TimeSpan? KeepFor => IdleMinutes > 0 ? TimeSpan.FromMinutes(IdleMinutes) : null;
}

/// <summary>Who proposes facts of what the user says.</summary>
internal enum MemoryWriting
{
    /// <summary>Nobody: only what the user adds is remembered.</summary>
    Off,

    /// <summary>Rules.</summary>
    Rules,

    /// <summary>Rules, and the model while it has nothing else to do.</summary>
    Model,
}

/// <summary>Which tools there are, what they may reach, and who decides.</summary>
internal sealed record ToolOptions
{
    /// <summary>Whether the model has tools.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Which calls are allowed, asked and denied, each as <see cref="PersonalAi.Tools.Policy.ToolRule"/> writes it.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>The folders in which tools may read and write files.</summary>
    public ImmutableArray<string> Roots { get; init; } = [];

    /// <summary>How a model that was not trained to call tools is held to the form of a call; docs/tools.md has what was measured.</summary>
    public ToolCalling Calling { get; init; } = ToolCalling.Grammar;

    /// <summary>Whether commands run where nothing shields the machine from them.</summary>
    public CommandSandbox CommandSandbox { get; init; } = CommandSandbox.Required;
}

/// <summary>Which model elsewhere may be asked, when, and for how much.</summary>
internal sealed record FrontierSettings
{
    /// <summary>How much longer than a silence the whole answer may take.</summary>
    private const int SilencesInAnswer = 10;

    /// <summary>As <see cref="FrontierDestinations.Find"/> takes it; <c>none</c> for no model.</summary>
    public string Model { get; init; } = FrontierDestinations.None;

    /// <summary>Servers of the user's own, each as <see cref="OwnServer"/> writes it.</summary>
    public ImmutableArray<string> Servers { get; init; } = [];

    /// <summary>Longest answer in tokens.</summary>
    public int MaxTokens { get; init; } = 2048;

    /// <summary>How long a server may be silent, in seconds.</summary>
    public int TimeoutSeconds { get; init; } = 120;

    /// <summary>How the user's word is had.</summary>
    public ConsentMode Consent { get; init; } = ConsentMode.Off;

    /// <summary>Tokens that the consent for one session covers, in both directions.</summary>
    public int SessionTokens { get; init; } = 20_000;

    /// <summary>Money that the consent for one session covers, in US dollars.</summary>
    public decimal SessionCost { get; init; } = 0.50m;

    /// <summary>Whether answers of models elsewhere may be used for training.</summary>
    public bool Training { get; init; }

    /// <summary>As the adapters take it.</summary>
    public FrontierOptions ForModel() => new()
    {
        MaxOutputTokens = MaxTokens,
        FirstByte = TimeSpan.FromSeconds(TimeoutSeconds),
        BetweenChunks = TimeSpan.FromSeconds(TimeoutSeconds),
        Whole = TimeSpan.FromSeconds((double)TimeoutSeconds * SilencesInAnswer),
    };
}

/// <summary>How the next token is drawn from the model's probabilities.</summary>
internal sealed record SamplingOptions
{
    public float Temperature { get; init; } = 0.3f;

    public float TopP { get; init; } = 0.9f;

    public int TopK { get; init; } = 40;

    public float MinP { get; init; } = 0.05f;

    public float RepeatPenalty { get; init; } = 1.1f;

    public float FrequencyPenalty { get; init; }

    public float PresencePenalty { get; init; }

    /// <summary>Start of the random numbers; -1 draws a new one for each answer.</summary>
    public long Seed { get; init; } = -1;

    /// <summary>Longest answer in tokens.</summary>
    public int MaxTokens { get; init; } = 1024;

    /// <summary>As the engine takes it.</summary>
    public EngineSampling ForEngine() => new()
    {
        Temperature = Temperature,
        TopP = TopP,
        TopK = TopK,
        MinP = MinP,
        RepeatPenalty = RepeatPenalty,
        FrequencyPenalty = FrequencyPenalty,
        PresencePenalty = PresencePenalty,
        Seed = Seed < 0 ? null : (uint)Seed,
    };
}
