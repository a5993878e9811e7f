using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;

namespace PersonalAi.Adapters.Host;

/// <summary>What a client asks of the engine process; it asks one thing on a connection, and ends it by leaving.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "call")]
[JsonDerivedType(typeof(Status), "status")]
[JsonDerivedType(typeof(Stop), "stop")]
[JsonDerivedType(typeof(Load), "load")]
[JsonDerivedType(typeof(Count), "count")]
[JsonDerivedType(typeof(Chat), "chat")]
[JsonDerivedType(typeof(Embed), "embed")]
[JsonDerivedType(typeof(Forget), "forget")]
[JsonDerivedType(typeof(ForgetSnapshots), "forget-snapshots")]
internal abstract record EngineCall
{
    /// <summary>How the engine process is.</summary>
    internal sealed record Status : EngineCall;

    /// <summary>The engine process shall end, whatever it does.</summary>
    internal sealed record Stop : EngineCall;

    /// <summary>Loads a model if it is not loaded yet, and tells about it.</summary>
    internal sealed record Load(ModelRequest Model, TimeSpan? KeepFor) : EngineCall;

    /// <summary>Counts the tokens of each prompt.</summary>
    internal sealed record Count(
        ModelRequest Model,
        TimeSpan? KeepFor,
        IReadOnlyList<IReadOnlyList<ChatMessage>> Prompts,
        ChatOptions? Options,
        LlamaChatOptions? Specific,
        IReadOnlyList<ToolDeclaration>? Tools = null) : EngineCall;

    /// <summary>Answers a prompt.</summary>
    internal sealed record Chat(
        ModelRequest Model,
        TimeSpan? KeepFor,
        IReadOnlyList<ChatMessage> Messages,
        ChatOptions? Options,
        LlamaChatOptions? Specific,
        IReadOnlyList<ToolDeclaration>? Tools = null) : EngineCall;

    /// <summary>Forgets a conversation in every model that is loaded.</summary>
    internal sealed record Forget(string Conversation) : EngineCall;

    /// <summary>Forgets, in every model that is loaded, the conversations whose snapshots belong into a folder.</summary>
    internal sealed record ForgetSnapshots(string Folder) : EngineCall;

    /// <summary>Turns texts into vectors.</summary>
    internal sealed record Embed(EmbedderRequest Model, TimeSpan? KeepFor, IReadOnlyList<string> Texts) : EngineCall;
}
