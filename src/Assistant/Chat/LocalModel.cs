using PersonalAi.Adapters.Llama;

namespace PersonalAi.Assistant.Chat;

/// <summary>A model that is checked, loaded and ready to answer.</summary>
/// <param name="request">Which one it is.</param>
/// <param name="client">Talks to it.</param>
/// <param name="engineVersion">The version of the llama.cpp that runs it.</param>
/// <param name="loadTime">How long it took until it was ready.</param>
/// <param name="owned">What of it lives in this process, and ends with this object; null where that is nothing.</param>
internal sealed class LocalModel(ModelRequest request, ILocalChatClient client, string engineVersion, TimeSpan loadTime, IAsyncDisposable? owned) : IAsyncDisposable
{
    /// <summary>The model's name: its file without folder and ending, and its adapters.</summary>
    public string Name => request.Name;

    /// <summary>The hash of its file.</summary>
    public string Sha256 => request.Sha256;

    /// <summary>What acts on the model, in no order but that of their hashes.</summary>
    public IEnumerable<AdapterMark> Adapters => request.Adapters
        .Where(adapter => adapter.Scale != 0)
        .OrderBy(adapter => adapter.Pin.Sha256, StringComparer.Ordinal)
        .Select(adapter => new AdapterMark(adapter.Pin.Sha256, adapter.Scale));

    /// <summary>Talks to it.</summary>
    public ILocalChatClient Client => client;

    /// <summary>The version of the llama.cpp that runs it.</summary>
    public string EngineVersion => engineVersion;

    /// <summary>How long it took until it was ready, from the checked file; the start of the engine process is in it where there was one.</summary>
    public TimeSpan LoadTime => loadTime;

    public ValueTask DisposeAsync() => owned?.DisposeAsync() ?? ValueTask.CompletedTask;
}
