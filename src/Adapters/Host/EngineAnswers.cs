using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using PersonalAi.Adapters.Llama;
using PersonalAi.Adapters.Models;

namespace PersonalAi.Adapters.Host;

/// <summary>Answers what clients ask of the engine process, with models that are loaded when they are first asked for.</summary>
internal sealed class EngineAnswers : IAsyncDisposable
{
    private readonly Lazy<LlamaLibrary> _library;
    private readonly ModelShelf _shelf;
    private readonly DateTimeOffset _startedAt;

    /// <param name="library">Loads llama.cpp.</param>
    /// <param name="time">Measures how long models are idle.</param>
    /// <param name="emptied">Called when the last model is unloaded.</param>
    public EngineAnswers(Func<LlamaLibrary> library, TimeProvider time, Action emptied)
    {
        // What failed is tried again by the next one.
        _library = new(library, LazyThreadSafetyMode.PublicationOnly);
        _shelf = new ModelShelf(time) { Emptied = emptied };
        _startedAt = time.GetUtcNow();
    }

    /// <summary>Whether nothing is loaded.</summary>
    public bool HasNoModel => _shelf.IsEmpty;

    /// <summary>How long the last client wanted an idle model kept; null for always, or where none asked yet.</summary>
    public TimeSpan? KeepFor { get; private set; }

    /// <summary>Loads llama.cpp while the first client is still on its way; what fails then fails once more when it is asked for.</summary>
    public void Prepare() => Task.Run(() => _library.Value);

    /// <summary>Everything that answers a call.</summary>
    /// <exception cref="ModelException">It cannot be answered.</exception>
    public IAsyncEnumerable<EngineReply> AnswerAsync(EngineCall? call, CancellationToken cancellationToken = default) => call switch
    {
        EngineCall.Status => One(new EngineReply.Condition(Status())),
        EngineCall.Load load => WithModelAsync(load.Model, load.KeepFor, client => One(Describe(client)), cancellationToken),
        EngineCall.Count count => WithModelAsync(count.Model, count.KeepFor, client => CountAsync(client, count, cancellationToken), cancellationToken),
        EngineCall.Chat chat => WithModelAsync(chat.Model, chat.KeepFor, client => ChatAsync(client, chat, cancellationToken), cancellationToken),
        EngineCall.Embed embed => EmbedAsync(embed, cancellationToken),
        EngineCall.Forget forget => ForgetAsync(engine => engine.ForgetAsync(forget.Conversation)),
        EngineCall.ForgetSnapshots forget => ForgetAsync(engine => engine.ForgetSnapshotsAsync(forget.Folder)),
        _ => AsyncEnumerable.Empty<EngineReply>(),
    };

    /// <summary>Unloads everything.</summary>
    public ValueTask DisposeAsync() => _shelf.DisposeAsync();

    private async IAsyncEnumerable<EngineReply> WithModelAsync(
        ModelRequest request, TimeSpan? keepFor, Func<LlamaChatClient, IAsyncEnumerable<EngineReply>> answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        KeepFor = keepFor;
        var progress = new LoadReports();

        // A model is loaded once, whichever adapters act on it.
        var bare = request with { Adapters = [] };
        var borrowing = _shelf.BorrowAsync(
            Key.Of(request.Path, bare), report => RunningModel.OpenAsync(_library.Value, bare, report, CancellationToken.None), keepFor, progress, cancellationToken);
        await foreach (var part in progress.UntilAsync(borrowing))
        {
            yield return new EngineReply.Progress(part);
        }

        using var loan = await borrowing;
        await foreach (var reply in answer(await loan.Model.ClientAsync(request)))
        {
            yield return reply;
        }
    }

    private EngineReply.Loaded Describe(LlamaChatClient client) =>
        new(new RemoteModel(_library.Value.Version, client.ContextLength, client.TemplateName, client.ToolFormat.Name));

    private static async IAsyncEnumerable<EngineReply> CountAsync(
        LlamaChatClient client, EngineCall.Count call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new EngineReply.Counts(await client.CountTokensAsync(call.Prompts, With(call.Options, call.Specific, call.Tools), cancellationToken));
    }

    private static async IAsyncEnumerable<EngineReply> ChatAsync(
        LlamaChatClient client, EngineCall.Chat call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in client.GetStreamingResponseAsync(call.Messages, With(call.Options, call.Specific, call.Tools), cancellationToken))
        {
            yield return new EngineReply.Update(update, update.RawRepresentation as GenerationResult);
        }
    }

    private async IAsyncEnumerable<EngineReply> ForgetAsync(Func<LlamaEngine, Task> forget)
    {
        foreach (var loan in _shelf.BorrowLoaded<RunningModel>())
        {
            using (loan)
            {
                await forget(loan.Model.Engine);
            }
        }

        yield break;
    }

    private async IAsyncEnumerable<EngineReply> EmbedAsync(EngineCall.Embed call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        KeepFor = call.KeepFor;
        using var loan = await _shelf.BorrowAsync(
            Key.Of(call.Model.Path, call.Model), _ => LoadedEmbedder.OpenAsync(_library.Value, call.Model, CancellationToken.None), call.KeepFor, cancellationToken: cancellationToken);
        var embeddings = await loan.Model.Generator.GenerateAsync(call.Texts, cancellationToken: cancellationToken);
        yield return new EngineReply.Vectors(new GeneratedVectors(
            System.IO.Path.GetFileNameWithoutExtension(call.Model.Path),
            [.. embeddings.Select(embedding => embedding.Vector.ToArray())],
            embeddings.Usage?.InputTokenCount ?? 0));
    }

    private EngineStatus Status()
    {
        using var process = Process.GetCurrentProcess();
        return new EngineStatus(
            process.Id,
            _startedAt,
            _library.IsValueCreated ? _library.Value.Version : null,
            process.WorkingSet64,
            [.. _shelf.List().Select(place => new LoadedModelStatus(((Key)place.Request).Path, place.Users, place.IdleSince))]);
    }

    // The factory and the tools are functions, which cannot cross the wire: what it makes, and what they declare, did.
    private static ChatOptions With(ChatOptions? options, LlamaChatOptions? specific, IReadOnlyList<ToolDeclaration>? tools)
    {
        options ??= new ChatOptions();
        options.RawRepresentationFactory = specific is null ? null : _ => specific;
        options.Tools = tools is null ? null : [.. tools.Select(tool => tool.ToTool())];
        return options;
    }

    private static async IAsyncEnumerable<EngineReply> One(EngineReply reply)
    {
        await Task.CompletedTask;
        yield return reply;
    }

    /// <summary>What is asked for, as it crossed the wire: everything that a request says tells it from others.</summary>
    private sealed record Key(string Path, string Request)
    {
        public static Key Of<T>(string path, T request) => new(path, EngineWire.TextOf(request));
    }

    /// <summary>Loading reports from a thread that must not wait for a client: handed over.</summary>
    private sealed class LoadReports : IProgress<ModelProgress>
    {
        private readonly Channel<ModelProgress> _parts = Channel.CreateUnbounded<ModelProgress>();

        public void Report(ModelProgress value) => _parts.Writer.TryWrite(value);

        public IAsyncEnumerable<ModelProgress> UntilAsync(Task loaded)
        {
            loaded.ContinueWith(_ => _parts.Writer.TryComplete(), TaskScheduler.Default);
            return _parts.Reader.ReadAllAsync();
        }
    }
}
