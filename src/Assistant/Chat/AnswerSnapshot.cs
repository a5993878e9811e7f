using System.Security.Cryptography;
using System.Text.Json;
using PersonalAi.Assistant.Configuration;

namespace PersonalAi.Assistant.Chat;

/// <summary>
/// Everything that decides how an answer comes out, with one id: answers with the same id were written by the same behaviour.
/// </summary>
/// <param name="Engine">llama.cpp's version.</param>
/// <param name="ModelSha256">The model file's hash.</param>
/// <param name="Adapters">The adapters that act on the model.</param>
/// <param name="Template">The chat template's name.</param>
/// <param name="ContextTokens">The context window.</param>
/// <param name="Sampling">How tokens are chosen.</param>
/// <param name="Instructions">What the persona tells the model.</param>
/// <param name="Memory">How memories are recalled and written into the window; null where none are.</param>
/// <param name="Tools">How tools are chosen and written into the window; null where none are.</param>
internal sealed record AnswerSnapshot(
    string Engine, string ModelSha256, IReadOnlyList<AdapterMark> Adapters, string? Template, int ContextTokens, SamplingOptions Sampling, string Instructions, string? Memory, string? Tools)
{
    /// <summary>The first 12 hexadecimal digits of the SHA-256 of all of it.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Engine, ModelSha256, Adapters, Template, ContextTokens, Sampling, Instructions, Memory, Tools })))[..12];
}

/// <summary>An adapter, and how strongly it acts.</summary>
/// <param name="Sha256">The file's hash.</param>
/// <param name="Scale">1 is as it was trained.</param>
internal readonly record struct AdapterMark(string Sha256, float Scale);
