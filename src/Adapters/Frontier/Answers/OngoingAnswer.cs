using System.Text;
using Microsoft.Extensions.AI;

namespace PersonalAi.Adapters.Frontier.Answers;

/// <summary>One attempt to get an answer: the pieces as they come, with every error translated and nothing in them but text and counts.</summary>
/// <param name="errors">Says what went wrong.</param>
/// <param name="watch">Watches the request; disposed with this.</param>
/// <param name="pieces">Makes the request when it is first asked for a piece.</param>
/// <param name="cancellationToken">The caller's: where it is cancelled, that is no error.</param>
internal sealed class OngoingAnswer(AnswerErrors errors, AnswerWatch watch, IAsyncEnumerable<ChatResponseUpdate> pieces, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ChatResponseUpdate> _pieces = pieces.GetAsyncEnumerator(watch.Token);
    private readonly StringBuilder _text = new();
    private ChatFinishReason? _finish;

    /// <summary>The piece that came last.</summary>
    public ChatResponseUpdate Current { get; private set; } = new();

    /// <summary>Waits for the next piece.</summary>
    /// <returns>Whether one came; false after an answer that is whole.</returns>
    /// <exception cref="ModelException">The network, the server or its SDK failed.</exception>
    public async ValueTask<bool> MoveNextAsync()
    {
        bool hasNext;
        try
        {
            hasNext = await _pieces.MoveNextAsync();
        }
        catch (Exception error) when (!(error is OperationCanceledException && cancellationToken.IsCancellationRequested)
            && errors.Translate(error, watch, _text.ToString()) is { } translated)
        {
            throw translated;
        }

        return hasNext ? Take(_pieces.Current) : End();
    }

    public async ValueTask DisposeAsync()
    {
        await _pieces.DisposeAsync();
        watch.Dispose();
    }

    private bool Take(ChatResponseUpdate piece)
    {
        _finish = piece.FinishReason ?? _finish;
        if (piece.FinishReason == ChatFinishReason.ToolCalls)
        {
            piece.FinishReason = ChatFinishReason.Stop;
        }

        piece.Contents = [.. piece.Contents.Select(Harmless).OfType<AIContent>()];
        // What the SDK made it of may hold what was just taken out.
        piece.RawRepresentation = null;
        _text.Append(piece.Text);
        Current = piece;
        return true;
    }

    private bool End() => (_finish, _text.Length) switch
    {
        (null, _) => throw errors.EndedEarly(_text.ToString()),
        ({ } reason, 0) => throw errors.Empty(reason.Value),
        _ => false,
    };

    private static AIContent? Harmless(AIContent content) => content switch
    {
        TextContent text => new TextContent(text.Text),
        TextReasoningContent thought => new TextReasoningContent(thought.Text),
        UsageContent usage => new UsageContent(usage.Details),
        FunctionCallContent call => new TextContent(
            $"[The model asked for the tool '{ServerWords.Clean(call.Name)}'. Nothing was run: models elsewhere are given no tools.]"),
        _ => null,
    };
}
