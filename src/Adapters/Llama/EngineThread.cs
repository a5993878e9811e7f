using System.Threading.Channels;

namespace PersonalAi.Adapters.Llama;

/// <summary>One thread that does everything that touches a context, in the order in which it was asked for.</summary>
internal sealed class EngineThread : IAsyncDisposable
{
    private readonly Channel<Action> _work = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EngineThread(string name)
    {
        var thread = new Thread(Work) { Name = name, IsBackground = true };
        thread.Start();
    }

    /// <summary>Ends with the thread.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Queues work that reports its own errors.</summary>
    /// <exception cref="ObjectDisposedException">The thread has ended.</exception>
    public void Post(Action work) => ObjectDisposedException.ThrowIf(!TryPost(work), this);

    /// <summary>Queues work that reports its own errors, unless the thread has ended.</summary>
    public bool TryPost(Action work) => _work.Writer.TryWrite(work);

    /// <summary>Queues work and gives its result.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken = default)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
#pragma warning disable CA1031 // Whatever happened belongs to the caller, who awaits it on another thread.
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                done.SetResult(work());
            }
            catch (OperationCanceledException e)
            {
                done.SetCanceled(e.CancellationToken);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
#pragma warning restore CA1031
        });
        return done.Task;
    }

    /// <summary>Queues work after which no more is taken: the thread then ends by itself. Does nothing once that has been said.</summary>
    public void Complete(Action last)
    {
        if (_work.Writer.TryWrite(last))
        {
            _work.Writer.TryComplete();
        }
    }

    /// <summary>Finishes the queued work and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _ended.Task;
    }

    private void Work()
    {
#pragma warning disable RS0030 // This thread is ours and has nothing else to do; llama.cpp's calls must all come from it.
        while (_work.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
#pragma warning restore RS0030
        {
            while (_work.Reader.TryRead(out var work))
            {
                work();
            }
        }

        _ended.SetResult();
    }
}
