using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Adapters.Host;

/// <summary>
/// What the engine process says on a connection: <see cref="Hello"/> first, then what was asked for, and <see cref="Done"/> or
/// <see cref="Failure"/> last. A connection that ends otherwise is an engine that died.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "reply")]
[JsonDerivedType(typeof(Hello), "hello")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(Loaded), "loaded")]
[JsonDerivedType(typeof(Counts), "counts")]
[JsonDerivedType(typeof(Update), "update")]
[JsonDerivedType(typeof(Vectors), "vectors")]
[JsonDerivedType(typeof(Condition), "condition")]
[JsonDerivedType(typeof(Failure), "failure")]
[JsonDerivedType(typeof(Done), "done")]
internal abstract record EngineReply
{
    /// <summary>The engine process listens; until this came, the question can be asked elsewhere without harm.</summary>
    internal sealed record Hello(int ProcessId) : EngineReply;

    /// <summary>How far a slow loading has come.</summary>
    internal sealed record Progress(ModelProgress Part) : EngineReply;

    /// <summary>The model is loaded.</summary>
    internal sealed record Loaded(RemoteModel Model) : EngineReply;

    /// <summary>The tokens of each prompt.</summary>
    internal sealed record Counts(IReadOnlyList<int> Tokens) : EngineReply;

    /// <summary>A part of an answer; the last one comes with its cost.</summary>
    internal sealed record Update(ChatResponseUpdate Part, GenerationResult? Result) : EngineReply;

    /// <summary>A vector for each text.</summary>
    internal sealed record Vectors(GeneratedVectors Embeddings) : EngineReply;

    /// <summary>How the engine process is.</summary>
    internal sealed record Condition(EngineStatus Status) : EngineReply;

    /// <summary>What was asked for cannot be had.</summary>
    internal sealed record Failure(ModelError Error, string Message) : EngineReply;

    /// <summary>That was all.</summary>
    internal sealed record Done : EngineReply;
}

/// <summary>Vectors as they cross the wire.</summary>
internal sealed record GeneratedVectors(string ModelId, IReadOnlyList<float[]> Vectors, long InputTokens);
