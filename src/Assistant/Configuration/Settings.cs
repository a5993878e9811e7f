using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using PersonalAi.Adapters.Engines;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Llama.Tools;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Assistant.Terminal;
using PersonalAi.Tools.Sandbox;
using static PersonalAi.Assistant.Configuration.SettingKind;

namespace PersonalAi.Assistant.Configuration;

/// <summary>The one table of everything that can be configured; each line names the key, what it takes, and where the value goes.</summary>
internal static class Settings
{
    public static ImmutableArray<Setting> All { get; } =
    [
        new Setting<string>("model.name", Text(), "Model that answers: a name in the models folder, or the path of a .gguf file; +ADAPTER@SCALE adds LoRA adapters", o => o.Model.Name, (o, v) => o with { Model = o.Model with { Name = v } }) { Variable = "PAI_MODEL", Flag = "--model" },
        new Setting<string>("model.embedding", Text(), "Model that turns text into vectors for search and memory", o => o.Model.Embedding, (o, v) => o with { Model = o.Model with { Embedding = v } }),
        new Setting<int>("model.context_tokens", Whole(256, 1_048_576), "Size of the context window; a model trained for less gets what it was trained for", o => o.Model.ContextTokens, (o, v) => o with { Model = o.Model with { ContextTokens = v } }) { Unit = "tokens", Flag = "--context" },
        new Setting<int>("model.threads", Whole(0, 1024), "Threads that compute; 0 finds out how many are best", o => o.Model.Threads, (o, v) => o with { Model = o.Model with { Threads = v } }) { Unit = "threads", Flag = "--threads" },
        new Setting<bool>("model.fit", YesNo(), "Choose context window, cache type and sequences by what fits this machine; see pai models fit", o => o.Model.Fit, (o, v) => o with { Model = o.Model with { Fit = v } }) { Flag = "--fit" },
        new Setting<bool?>("model.flash_attention", AutoOnOff(), "Attention in one pass; auto takes what pai models tune measured, or off", o => o.Model.FlashAttention, (o, v) => o with { Model = o.Model with { FlashAttention = v } }),
        new Setting<KvCacheType?>("model.kv_type", Auto(("f16", KvCacheType.F16), ("q8_0", KvCacheType.Q8)), "How keys and values are stored; auto takes what pai models tune measured, or f16", o => o.Model.KvType, (o, v) => o with { Model = o.Model with { KvType = v } }),
        new Setting<bool?>("model.repack", AutoOnOff(), "Rearrange weights for the processor, which takes a copy; auto takes what pai models tune measured, or off", o => o.Model.Repack, (o, v) => o with { Model = o.Model with { Repack = v } }),
        new Setting<string>("model.draft", Text(), "Small model of the same vocabulary that guesses tokens; none guesses from the text alone", o => o.Model.Draft, (o, v) => o with { Model = o.Model with { Draft = v } }) { Flag = "--draft-model" },
        new Setting<int?>("model.gpu_layers", AutoOrWhole(0, 10_000), "Layers that lie on GPUs, the output counted as one; auto takes as many as there is room for", o => o.Model.GpuLayers, (o, v) => o with { Model = o.Model with { GpuLayers = v } }) { Unit = "layers", Flag = "--gpu-layers" },
        new Setting<string>("model.template", Text(), "Chat template; auto takes the one that the model file names", o => o.Model.Template, (o, v) => o with { Model = o.Model with { Template = v } }) { Flag = "--template" },
        new Setting<float>("sampling.temperature", Number(0, 2), "How freely words are chosen; 0 always takes the most probable", o => o.Sampling.Temperature, (o, v) => o with { Sampling = o.Sampling with { Temperature = v } }) { Flag = "--temperature" },
        new Setting<float>("sampling.top_p", Number(0, 1), "Keep the most probable tokens that together have this probability; 1 keeps all", o => o.Sampling.TopP, (o, v) => o with { Sampling = o.Sampling with { TopP = v } }) { Flag = "--top-p" },
        new Setting<int>("sampling.top_k", Whole(0, 100_000), "Keep this many of the most probable tokens; 0 keeps all", o => o.Sampling.TopK, (o, v) => o with { Sampling = o.Sampling with { TopK = v } }) { Unit = "tokens", Flag = "--top-k" },
        new Setting<float>("sampling.min_p", Number(0, 1), "Drop tokens less probable than this share of the best one; 0 drops none", o => o.Sampling.MinP, (o, v) => o with { Sampling = o.Sampling with { MinP = v } }) { Flag = "--min-p" },
        new Setting<float>("sampling.repeat_penalty", Number(0.5f, 2), "Make recent tokens less probable by this factor; 1 is off", o => o.Sampling.RepeatPenalty, (o, v) => o with { Sampling = o.Sampling with { RepeatPenalty = v } }) { Flag = "--repeat-penalty" },
        new Setting<float>("sampling.frequency_penalty", Number(-2, 2), "Make a token less probable for each time it was used; 0 is off", o => o.Sampling.FrequencyPenalty, (o, v) => o with { Sampling = o.Sampling with { FrequencyPenalty = v } }) { Flag = "--frequency-penalty" },
        new Setting<float>("sampling.presence_penalty", Number(-2, 2), "Make a token less probable once it was used; 0 is off", o => o.Sampling.PresencePenalty, (o, v) => o with { Sampling = o.Sampling with { PresencePenalty = v } }) { Flag = "--presence-penalty" },
        new Setting<long>("sampling.seed", Whole(-1L, uint.MaxValue), "Start of the random numbers, for answers that can be repeated; -1 draws a new one each time", o => o.Sampling.Seed, (o, v) => o with { Sampling = o.Sampling with { Seed = v } }) { Flag = "--seed" },
        new Setting<int>("sampling.max_tokens", Whole(1, 1_048_576), "Longest answer", o => o.Sampling.MaxTokens, (o, v) => o with { Sampling = o.Sampling with { MaxTokens = v } }) { Unit = "tokens", Flag = "--max-tokens" },
        new Setting<bool>("engine.in_process", YesNo(), "Load models in this process, not in the engine's, which all runs of pai share", o => o.Engine.InProcess, (o, v) => o with { Engine = o.Engine with { InProcess = v } }) { Flag = "--in-process" },
        new Setting<EngineBackend?>("engine.backend", Auto(("cpu", EngineBackend.Cpu), ("cuda", EngineBackend.Cuda), ("vulkan", EngineBackend.Vulkan), ("metal", EngineBackend.Metal)), "Engine that models run on, as pai engine use installs it; auto takes the one that came with pai", o => o.Engine.Backend, (o, v) => o with { Engine = o.Engine with { Backend = v } }),
        new Setting<string>("engine.registry", Text(), "npm registry that pai engine use fetches engines from; auto takes the one that npm itself uses", o => o.Engine.Registry, (o, v) => o with { Engine = o.Engine with { Registry = v } }),
        new Setting<float>("engine.idle_minutes", Number(0, 100_000), "How long a model that nobody uses stays loaded; 0 keeps it for good", o => o.Engine.IdleMinutes, (o, v) => o with { Engine = o.Engine with { IdleMinutes = v } }) { Unit = "minutes" },
        new Setting<float>("engine.snapshots_gib", Number(0, 1_000_000), "Disk space for KV snapshots, with which a long session goes on at once; 0 keeps none", o => o.Engine.SnapshotsGiB, (o, v) => o with { Engine = o.Engine with { SnapshotsGiB = v } }) { Unit = "GiB" },
        new Setting<MemoryWriting>("memory.write", OneOf<MemoryWriting>(), "Who proposes facts of what you say: nobody, rules, or rules and the model while it is idle; see pai memory inbox", o => o.MemoryWrite, (o, v) => o with { MemoryWrite = v }),
        new Setting<bool>("tools.enabled", YesNo(), "Whether the model has tools; see pai tools", o => o.Tools.Enabled, (o, v) => o with { Tools = o.Tools with { Enabled = v } }),
        new Setting<ImmutableArray<string>>("tools.roots", List(Folder()), "Folders in which tools may read and write files; none grants nothing", o => o.Tools.Roots, (o, v) => o with { Tools = o.Tools with { Roots = v } }),
        new Setting<ImmutableArray<string>>("tools.rules", List(Rule()), "Which calls of tools are allowed, asked and denied; see pai tools rules", o => o.Tools.Rules, (o, v) => o with { Tools = o.Tools with { Rules = v } }),
        new Setting<ToolCalling>("tools.calling", OneOf<ToolCalling>(), "How a model that knows no tools calls them: under a grammar, under one after a line of thought, or in free text", o => o.Tools.Calling, (o, v) => o with { Tools = o.Tools with { Calling = v } }),
        new Setting<CommandSandbox>("tools.command_sandbox", OneOf<CommandSandbox>(), "Whether commands run only in a sandbox, in one where there is one, or in none", o => o.Tools.CommandSandbox, (o, v) => o with { Tools = o.Tools with { CommandSandbox = v } }),
        new Setting<string>("frontier.model", Text(), "Model elsewhere that may be asked with your word: openai/MODEL, anthropic/MODEL, or NAME/MODEL of a server of yours; none for no model", o => o.Frontier.Model, (o, v) => o with { Frontier = o.Frontier with { Model = v } }),
        new Setting<ImmutableArray<string>>("frontier.servers", List(Server()), "Servers of your own that run models; see pai frontier list", o => o.Frontier.Servers, (o, v) => o with { Frontier = o.Frontier with { Servers = v } }),
        new Setting<int>("frontier.max_tokens", Whole(1, 1_048_576), "Longest answer of a model elsewhere, what it thinks before it included", o => o.Frontier.MaxTokens, (o, v) => o with { Frontier = o.Frontier with { MaxTokens = v } }) { Unit = "tokens" },
        new Setting<int>("frontier.timeout_seconds", Whole(1, 86_400), "How long a server of a model elsewhere may be silent; the whole answer may take ten times that", o => o.Frontier.TimeoutSeconds, (o, v) => o with { Frontier = o.Frontier with { TimeoutSeconds = v } }) { Unit = "seconds" },
        new Setting<ConsentMode>("frontier.consent", OneOf<ConsentMode>(), "How your word is had before anything goes to a model elsewhere: not at all, for each packet, or for a session within its budget", o => o.Frontier.Consent, (o, v) => o with { Frontier = o.Frontier with { Consent = v } }),
        new Setting<int>("frontier.session_tokens", Whole(0, 1_000_000_000), "Tokens that may go to and come from models elsewhere in a session of consent", o => o.Frontier.SessionTokens, (o, v) => o with { Frontier = o.Frontier with { SessionTokens = v } }) { Unit = "tokens" },
        new Setting<decimal>("frontier.session_cost", Amount(0, 1_000_000), "Money that models elsewhere may cost in a session of consent", o => o.Frontier.SessionCost, (o, v) => o with { Frontier = o.Frontier with { SessionCost = v } }) { Unit = "USD" },
        new Setting<bool>("frontier.training", YesNo(), "Whether answers of models elsewhere may be used for training", o => o.Frontier.Training, (o, v) => o with { Frontier = o.Frontier with { Training = v } }),
        new Setting<string>("persona", Text(), "Persona that a new session starts with; see pai personas", o => o.Persona, (o, v) => o with { Persona = v }) { Flag = "--persona" },
        new Setting<string>("models.folder", Folder(), "Folder of the model files; several data folders may share it", o => o.ModelsFolder, (o, v) => o with { ModelsFolder = v }) { Variable = "PAI_MODELS" },
        new Setting<int>("backup.keep", Whole(1, 100_000), "How many backups are kept in the data folder; pai backup deletes the oldest beyond it", o => o.BackupsKept, (o, v) => o with { BackupsKept = v }) { Unit = "backups" },
        new Setting<LogLevel>("log.level", OneOf<LogLevel>(), "Least serious messages that go into the log file; Trace also records what was written", o => o.LogLevel, (o, v) => o with { LogLevel = v }) { Flag = "--log-level" },
    ];

    public static ImmutableArray<string> Names { get; } = [.. All.Select(setting => setting.Name)];

    /// <summary>The setting of that name; an unknown name is a <see cref="UsageException"/> that suggests the nearest.</summary>
    public static Setting Find(string name) => All.FirstOrDefault(setting => setting.Name == name)
        ?? throw new UsageException($"'{name}' is not a setting; {DidYouMean.Ending(name, Names)}");
}
