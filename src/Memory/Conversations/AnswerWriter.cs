using System.Text;
using Microsoft.Extensions.Logging;

namespace PersonalAi.Memory.Conversations;

/// <summary>Commits an answer while it streams, at most once a second, so that a crash loses at most the last second of it.</summary>
public sealed partial class AnswerWriter : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConversationLog _log;
    private readonly TurnId _turn;
    private readonly ILogger _logger;
    private readonly PeriodicTimer _timer;
    private readonly Task _saving;
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private int _saved;
    private bool _finished;

    internal AnswerWriter(ConversationLog log, TurnId turn, TimeProvider time, ILogger logger)
    {
        (_log, _turn, _logger, _timer) = (log, turn, logger, new PeriodicTimer(Interval, time));
        _saving = SaveEachSecondAsync();
    }

    /// <summary>All that was appended.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>Adds to the answer; it is committed within a second.</summary>
    public void Append(string text)
    {
        lock (_lock)
        {
            _text.Append(text);
        }
    }

    /// <summary>Commits the whole answer and how it ended.</summary>
    /// <exception cref="MemoryException">It could not be committed.</exception>
    public async Task<Turn> FinishAsync(TurnOutcome outcome, CancellationToken cancellationToken = default)
    {
        await StopSavingAsync();
        var turn = await _log.FinishTurnAsync(_turn, Text, outcome, cancellationToken);
        _finished = true;
        return turn;
    }

    /// <summary>Commits what has come as interrupted, unless the answer was finished.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopSavingAsync();
        if (_finished)
        {
            return;
        }

        try
        {
            await FinishAsync(new TurnOutcome(TurnStatus.Interrupted), CancellationToken.None);
        }
        catch (MemoryException error)
        {
            // Whatever kept the caller from finishing is the error to be seen.
            LogNotSaved(_turn, error);
        }
    }

    private async Task SaveEachSecondAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            var text = Text;
            if (text.Length > _saved)
            {
                await SaveAsync(text);
            }
        }
    }

    private async Task SaveAsync(string text)
    {
        try
        {
            await _log.SaveAnswerAsync(_turn, text);
            _saved = text.Length;
            LogSaved(_turn, text.Length);
        }
        catch (MemoryException error)
        {
            // Tried again in a second; at the end FinishAsync tells the caller.
            LogNotSaved(_turn, error);
        }
    }

    private async Task StopSavingAsync()
    {
        _timer.Dispose();
        await _saving;
    }

    [LoggerMessage(Level = LogLevel.Trace, Message = "Turn {Turn}: {Length} characters of the answer are committed.")]
    private partial void LogSaved(TurnId turn, int length);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Turn {Turn}: the answer so far could not be committed.")]
    private partial void LogNotSaved(TurnId turn, Exception error);
}
