using System.Text.Json.Serialization;
using PersonalAi.Adapters.Llama.Lora;
using PersonalAi.Adapters.Llama.Sampling;
using PersonalAi.Adapters.Llama.Snapshots;
using PersonalAi.Adapters.Llama.Tools;

namespace PersonalAi.Adapters.Llama;

/// <summary>
/// What <see cref="Microsoft.Extensions.AI.ChatOptions"/> has no field for; a caller passes it through
/// <see cref="Microsoft.Extensions.AI.ChatOptions.RawRepresentationFactory"/>.
/// </summary>
public sealed record LlamaChatOptions
{
    /// <summary>The sampling that the fields of <c>ChatOptions</c> override where they are set.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <inheritdoc cref="GenerationRequest.Conversation"/>
    public string? Conversation { get; init; }

    /// <inheritdoc cref="GenerationRequest.Snapshot"/>
    public KvSnapshotPlace? Snapshot { get; init; }

    /// <summary>Continues the text of the messages as it stands, without a chat template.</summary>
    public bool Raw { get; init; }

    /// <summary>Goes on where the model would end its answer: for measurements.</summary>
    public bool IgnoresEnd { get; init; }

    /// <summary>How the model is held to the form of a call, where <c>ChatOptions.Tools</c> offers tools.</summary>
    public ToolCalling ToolCalling { get; init; } = ToolCalling.Think;

    /// <summary>The messages explain the tools already, as <see cref="ToolFormat.Describe"/> writes it; else the client puts that into the system text.</summary>
    public bool ToolsAreDescribed { get; init; }

    /// <summary>The adapters that act on this request; null takes the client's own. They are in this process, so they do not cross to another.</summary>
    [JsonIgnore]
    public AdapterSet? Adapters { get; init; }
}
