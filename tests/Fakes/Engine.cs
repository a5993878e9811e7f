using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Adapters.Llama;

namespace PersonalAi.Tests.Fakes;

/// <summary>The real engine, and the real starter model loaded once for the tests that only read it.</summary>
internal static class Engine
{
    private static readonly Lazy<LlamaModel> StarterModel = new(() => LlamaModel.Load(Library, TestModels.StarterPath));

    /// <summary>llama.cpp, from the folder beside the tests.</summary>
    public static LlamaLibrary Library =>
        LlamaLibrary.Load(Path.Combine(AppContext.BaseDirectory, "engine"), NullLogger<LlamaLibrary>.Instance);

    public static LlamaModel Starter => StarterModel.Value;

    /// <summary>
    /// A context of its own for a test; one thread, since tests run beside each other, and flash attention, with which an answer does
    /// not depend on where in the cache its tokens lie.
    /// </summary>
    public static Task<LlamaEngine> StarterEngineAsync(int contextLength = 512) =>
        LlamaEngine.CreateAsync(Starter, new LlamaContextOptions { ContextLength = contextLength, FlashAttention = true, Threads = 1 });
}
